package waitgroup

import "sync"

// FirstError runs all tasks at the same time, each in a goroutine of its own,
// and waits until every one of them has returned. It returns the error that
// occurred first, or nil if none did.
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
	wg.Wait() // every goroutine is done, so first can be read without a lock
	return first
}
