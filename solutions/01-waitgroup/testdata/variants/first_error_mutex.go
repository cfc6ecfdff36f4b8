// A mutex and a comparison with nil instead of sync.Once. Use it if more has to
// be done under the lock.

package waitgroup

import "sync"

func FirstError(tasks []func() error) error {
	var (
		mu    sync.Mutex
		first error
		wg    sync.WaitGroup
	)
	for _, task := range tasks {
		wg.Go(func() {
			err := task()
			mu.Lock()
			defer mu.Unlock()
			if first == nil {
				first = err
			}
		})
	}
	wg.Wait()
	return first
}
