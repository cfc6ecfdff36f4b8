// All errors are joined, so that none is first. In production the log of one
// failure has a hundred lines.
//
// Refused by: TestFetchAll/returns the error that occurred first, not that of the first key or the last
// Says: FetchAll returned the error "late error\nearly error\nlate error"; want "early error" alone, the error that occurred first

package errgroups

import (
	"errors"
	"sync"
)

func FetchAll(keys []string, fetch func(key string) (string, error)) ([]string, error) {
	values := make([]string, len(keys))
	errs := make([]error, len(keys))
	var wg sync.WaitGroup
	for i, key := range keys {
		wg.Go(func() { values[i], errs[i] = fetch(key) })
	}
	wg.Wait()
	if err := errors.Join(errs...); err != nil {
		return nil, err
	}
	return values, nil
}
