// The error of the first key that failed is returned, not the one that
// occurred first. In production the log names an effect, and the cause stays
// hidden.
//
// Refused by: TestFetchAll/returns the error that occurred first, not that of the first key or the last
// Says: FetchAll returned the error "late error"; want "early error", the error that occurred first

package errgroups

import "sync"

func FetchAll(keys []string, fetch func(key string) (string, error)) ([]string, error) {
	values := make([]string, len(keys))
	errs := make([]error, len(keys))
	var wg sync.WaitGroup
	for i, key := range keys {
		wg.Go(func() { values[i], errs[i] = fetch(key) })
	}
	wg.Wait()
	for _, err := range errs {
		if err != nil {
			return nil, err
		}
	}
	return values, nil
}
