// The errors are joined in the order of their arrival. In production the same
// failure gives another text each time, and alerts can't be grouped.
//
// Refused by: TestFetchSome/joins all errors in the order of keys, each with its key
// Says: FetchSome returned the error "fetch \"name\": early error\nfetch \"year\": middle error\nfetch \"town\": late error"; want the errors in the order of keys: that of "name" after that of "town"

package errgroups

import (
	"errors"
	"fmt"
	"sync"
)

func FetchSome(keys []string, fetch func(key string) (string, error)) (map[string]string, error) {
	some := make(map[string]string)
	var mu sync.Mutex
	var errs []error
	var wg sync.WaitGroup
	for _, key := range keys {
		wg.Go(func() {
			value, err := fetch(key)
			mu.Lock()
			defer mu.Unlock()
			if err != nil {
				errs = append(errs, fmt.Errorf("fetch %q: %w", key, err))
				return
			}
			some[key] = value
		})
	}
	wg.Wait()
	return some, errors.Join(errs...)
}
