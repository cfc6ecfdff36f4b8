// FirstError returns the error of the first task in the list, not the one that
// occurred first. In production, the log names an effect, and the cause stays
// hidden.
//
// Refused by: TestFirstError/returns the error that occurred first, not that of the first task or the last
// Says: FirstError returned the error "late error"; want "early error", which occurred first

package waitgroup

import "sync"

func FirstError(tasks []func() error) error {
	errs := make([]error, len(tasks))
	var wg sync.WaitGroup
	for i, task := range tasks {
		wg.Go(func() { errs[i] = task() })
	}
	wg.Wait()
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}
