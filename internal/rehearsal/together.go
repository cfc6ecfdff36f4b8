package rehearsal

import "sync"

// Together calls call(0) to call(n-1), each in its own goroutine, for a Do that
// plays several callers of the function under test. It returns when all have
// ended. A call may end its goroutine; a panic in one is a fault of the scene.
func (a *Act) Together(n int, call func(i int)) {
	var wg sync.WaitGroup
	for i := range n {
		wg.Go(func() {
			defer func() {
				if p := recover(); p != nil {
					a.fault(describePanic(p), nil)
				}
			}()
			call(i)
		})
	}
	wg.Wait()
}
