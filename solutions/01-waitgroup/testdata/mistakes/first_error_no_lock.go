// The goroutines look at the same variable, and write to it, without a lock.
// In production two that fail at the same moment may leave half of each error:
// the program crashes when it is printed.
//
// Refused by: TestFirstError/returns one of a thousand errors that occur at the same moment
// Says: DATA RACE
// Needs: -race

package waitgroup

import "sync"

func FirstError(tasks []func() error) error {
	var first error
	var wg sync.WaitGroup
	for _, task := range tasks {
		wg.Go(func() {
			if err := task(); err != nil && first == nil {
				first = err
			}
		})
	}
	wg.Wait()
	return first
}
