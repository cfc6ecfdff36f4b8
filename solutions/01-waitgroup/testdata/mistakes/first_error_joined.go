// All errors are joined. In production the log of one failure has a hundred
// lines, and the first one in time is somewhere among them.
//
// Refused by: TestFirstError/returns the error that occurred first, not that of the first task or the last
// Says: FirstError returned the error "late error\nearly error\nlate error"; want "early error" alone, which occurred first

package waitgroup

import (
	"errors"
	"sync"
)

func FirstError(tasks []func() error) error {
	errs := make([]error, len(tasks))
	var wg sync.WaitGroup
	for i, task := range tasks {
		wg.Go(func() { errs[i] = task() })
	}
	wg.Wait()
	return errors.Join(errs...)
}
