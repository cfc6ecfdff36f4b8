// An empty value counts as no value. In production, a user who has cleared a
// field sees the default again.
//
// Refused by: TestFetchSome/returns the values that could be had beside an error
// Says: FetchSome returned 1 values; want 2, by the keys ["name" "year"]: the value of every fetch that succeeded

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
				errs[i] = fmt.Errorf("fetch %q: %w", key, err)
			}
		})
	}
	wg.Wait()
	some := make(map[string]string)
	for i, key := range keys {
		if errs[i] == nil && values[i] != "" {
			some[key] = values[i]
		}
	}
	return some, errors.Join(errs...)
}
