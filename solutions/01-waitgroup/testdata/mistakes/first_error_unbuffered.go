// It returns at the first error, and nobody receives the others. Each task that
// fails later leaves a goroutine blocked forever. In production, memory grows
// with each bad request.
//
// Refused by: TestFirstError/returns the error of the task that failed
// Says: FirstError returned after 2s; want 3s, the time of the slowest task: it didn't wait for 1 task ("sync")

package waitgroup

import "sync"

func FirstError(tasks []func() error) error {
	errs := make(chan error)
	var wg sync.WaitGroup
	for _, task := range tasks {
		wg.Go(func() {
			if err := task(); err != nil {
				errs <- err
			}
		})
	}
	done := make(chan struct{})
	go func() {
		wg.Wait()
		close(done)
	}()
	select {
	case err := <-errs:
		return err
	case <-done:
		return nil
	}
}
