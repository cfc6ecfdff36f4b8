// A channel with a buffer of 1. A task that finds it full drops its error,
// because that was not the first.

package waitgroup

import "sync"

func FirstError(tasks []func() error) error {
	first := make(chan error, 1)
	var wg sync.WaitGroup
	for _, task := range tasks {
		wg.Go(func() {
			if err := task(); err != nil {
				select {
				case first <- err:
				default:
				}
			}
		})
	}
	wg.Wait()
	select {
	case err := <-first:
		return err
	default:
		return nil
	}
}
