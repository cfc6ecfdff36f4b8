// A channel with a buffer slot for every task: the first error that was sent is
// the first that is received.

package waitgroup

import "sync"

func FirstError(tasks []func() error) error {
	errs := make(chan error, len(tasks))
	var wg sync.WaitGroup
	for _, task := range tasks {
		wg.Go(func() {
			if err := task(); err != nil {
				errs <- err
			}
		})
	}
	wg.Wait()
	close(errs)
	return <-errs
}
