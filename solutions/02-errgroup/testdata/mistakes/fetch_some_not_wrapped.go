// The error is formatted with %v. In production, errors.Is no longer finds it,
// and a "not found" is treated like a broken server.
//
// Refused by: TestFetchSome/returns the values that could be had beside an error
// Says: FetchSome returned the error "fetch \"town\": early error", in which errors.Is doesn't find "early error"; want every error, wrapped with %w and joined

package errgroups

import (
	"errors"
	"fmt"
	"sync"
)

func FetchSome(keys []string, fetch func(key string) (string, error)) (map[string]string, error) {
	values := make([]string, len(keys))
	errs := make([]error, len(keys))
	var wg sync.WaitGroup
	for i, key := range keys {
		wg.Go(func() {
			value, err := fetch(key)
			values[i] = value
			if err != nil {
				errs[i] = fmt.Errorf("fetch %q: %v", key, err)
			}
		})
	}
	wg.Wait()
	some := make(map[string]string)
	for i, key := range keys {
		if errs[i] == nil {
			some[key] = values[i]
		}
	}
	return some, errors.Join(errs...)
}
