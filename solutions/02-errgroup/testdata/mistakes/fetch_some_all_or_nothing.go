// After an error nothing is returned, although most values are there. In
// production one broken widget makes an empty page.
//
// Refused by: TestFetchSome/returns the values that could be had beside an error
// Says: FetchSome returned the values map[]; want map["name":"ada" "year":"1815"]: the value of every fetch that succeeded, and no other

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
	if err := errors.Join(errs...); err != nil {
		return nil, err
	}
	return some, nil
}
