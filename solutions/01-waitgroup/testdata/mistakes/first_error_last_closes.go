// The goroutine that ends last closes the channel of errors. Without tasks there
// is none, and the receive waits forever. In production the one request for
// nothing hangs.
//
// Refused by: TestFirstError/runs no task, or one
// Says: waits to receive from a channel, and nobody sends on it or closes it

package waitgroup

import (
	"sync"
	"sync/atomic"
)

func FirstError(tasks []func() error) error {
	var (
		wg   sync.WaitGroup
		done atomic.Int64
		errs = make(chan error, len(tasks))
	)
	for _, task := range tasks {
		wg.Go(func() {
			if err := task(); err != nil {
				errs <- err
			}
			if done.Add(1) == int64(len(tasks)) {
				close(errs)
			}
		})
	}
	wg.Wait()
	return <-errs
}
