// Each error replaces the one before. In production, the log names the last of
// many failures, and the first one caused it.
//
// Refused by: TestFirstError/returns the error that occurred first, not that of the first task or the last
// Says: FirstError returned the error "late error"; want "early error", which occurred first

package waitgroup

import "sync"

func FirstError(tasks []func() error) error {
	var mu sync.Mutex
	var last error
	var wg sync.WaitGroup
	for _, task := range tasks {
		wg.Go(func() {
			if err := task(); err != nil {
				mu.Lock()
				defer mu.Unlock()
				last = err
			}
		})
	}
	wg.Wait()
	return last
}
