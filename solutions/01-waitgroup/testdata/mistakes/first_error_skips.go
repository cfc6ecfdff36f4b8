// A task that has not begun when another one fails is left out. In production
// some of the work is never done after an error, and which is a matter of luck.
//
// Refused by: TestFirstError/runs every task although others fail at once
// Says: 0 times; want once

package waitgroup

import (
	"sync"
	"sync/atomic"
)

func FirstError(tasks []func() error) error {
	var (
		wg     sync.WaitGroup
		once   sync.Once
		first  error
		failed atomic.Bool
	)
	for _, task := range tasks {
		wg.Go(func() {
			if failed.Load() {
				return
			}
			if err := task(); err != nil {
				once.Do(func() { first = err })
				failed.Store(true)
			}
		})
	}
	wg.Wait()
	return first
}
