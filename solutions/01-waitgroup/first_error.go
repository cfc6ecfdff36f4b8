package waitgroup

import "sync"

// FirstError runs all tasks at the same time, each in its own goroutine, and
// waits until every goroutine has finished. It returns the error that occurred
// first, or nil if no task failed.
//
// A task that ends its goroutine with runtime.Goexit has not failed, and
// FirstError still returns.
func FirstError(tasks []func() error) error {
	var (
		wg    sync.WaitGroup
		once  sync.Once
		first error
	)
	for _, task := range tasks {
		wg.Go(func() {
			if err := task(); err != nil {
				once.Do(func() { first = err })
			}
		})
	}
	wg.Wait() // every goroutine has finished, so no lock is needed to read first
	return first
}
