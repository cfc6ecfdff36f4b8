// The channel has room for one error, and is read when all tasks have ended.
// The second task that fails waits for a place, and the WaitGroup for the
// task. In production two failures at once make the request hang.
//
// Refused by: TestFirstError/returns the error that occurred first, not that of the first task or the last
// Says: waits in WaitGroup.Wait for a Done that has not come

package waitgroup

import "sync"

func FirstError(tasks []func() error) error {
	errs := make(chan error, 1)
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
