// An atomic.Value keeps the first error. It panics when the second one has another
// type. In production two sources that fail in different ways end the program.
//
// Refused by: TestFetchAll/returns the error that occurred first, not that of the first key or the last
// Says: panic: sync/atomic: compare and swap of inconsistently typed value into Value

package errgroups

import (
	"sync"
	"sync/atomic"
)

func FetchAll(keys []string, fetch func(key string) (string, error)) ([]string, error) {
	values := make([]string, len(keys))
	var wg sync.WaitGroup
	var first atomic.Value
	for i, key := range keys {
		wg.Go(func() {
			var err error
			if values[i], err = fetch(key); err != nil {
				first.CompareAndSwap(nil, err)
			}
		})
	}
	wg.Wait()
	if err, failed := first.Load().(error); failed {
		return nil, err
	}
	return values, nil
}
