// The errors don't say which key they are of. In production the log says
// "timeout" five times, and nobody knows where.
//
// Refused by: TestFetchSome/returns the values that could be had beside an error
// Says: FetchSome returned the error "early error"; want it to name the key "town", whose fetch failed

package errgroups

import (
	"errors"
	"sync"
)

func FetchSome(keys []string, fetch func(key string) (string, error)) (map[string]string, error) {
	values := make([]string, len(keys))
	errs := make([]error, len(keys))
	var wg sync.WaitGroup
	for i, key := range keys {
		wg.Go(func() {
			value, err := fetch(key)
			values[i], errs[i] = value, err
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
