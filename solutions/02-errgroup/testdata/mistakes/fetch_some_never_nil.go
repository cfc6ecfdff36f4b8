// The error is never nil: it is made before it is known whether there is one.
// In production every success is logged as a failure without a reason.
//
// Refused by: TestFetchSome/returns every value by its key
// Says: FetchSome returned the error "fetch some: %!w(<nil>)"; want nil, because every fetch succeeded

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
		if errs[i] == nil {
			some[key] = values[i]
		}
	}
	return some, fmt.Errorf("fetch some: %w", errors.Join(errs...))
}
