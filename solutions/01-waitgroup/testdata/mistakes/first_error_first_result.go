// It keeps the first result, and that may be a success. In production a
// failure is reported only if nothing was faster.
//
// Refused by: TestFirstError/returns the error of the task that failed
// Says: FirstError returned nil; want the error "early error", which occurred first

package waitgroup

import "sync"

func FirstError(tasks []func() error) error {
	var once sync.Once
	var first error
	var wg sync.WaitGroup
	for _, task := range tasks {
		wg.Go(func() {
			err := task()
			once.Do(func() { first = err })
		})
	}
	wg.Wait()
	return first
}
