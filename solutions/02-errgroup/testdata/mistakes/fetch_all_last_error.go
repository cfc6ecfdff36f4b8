// Each error replaces the one before. In production the log names the last of
// many failures, which was caused by the first.
//
// Refused by: TestFetchAll/returns the error that occurred first, not that of the first key or the last
// Says: FetchAll returned the error "late error"; want "early error", the error that occurred first

package errgroups

import "sync"

func FetchAll(keys []string, fetch func(key string) (string, error)) ([]string, error) {
	values := make([]string, len(keys))
	var (
		wg   sync.WaitGroup
		mu   sync.Mutex
		last error
	)
	for i, key := range keys {
		wg.Go(func() {
			value, err := fetch(key)
			mu.Lock()
			defer mu.Unlock()
			values[i] = value
			if err != nil {
				last = err
			}
		})
	}
	wg.Wait()
	if last != nil {
		return nil, last
	}
	return values, nil
}
