// The value of a fetch that failed is kept. In production half an answer is
// shown as if it were whole.
//
// Refused by: TestFetchSome/returns the values that could be had beside an error
// Says: FetchSome returned the values map["name":"ada" "town":"half a value" "year":"1815"]; want map["name":"ada" "year":"1815"]: the value of every fetch that succeeded, and no other

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
		some[key] = values[i]
	}
	return some, errors.Join(errs...)
}
