package errgroups

import (
	"errors"
	"fmt"
	"sync"
)

// FetchSome fetches all keys at the same time and returns, once every fetch
// has ended, what could be had: the values of the fetches that succeeded, by
// key, and the errors of all others, joined. An empty value is a value.
//
// Each error names its key; they stand in the order of keys, and errors.Is
// finds each of them. The error is nil if every fetch succeeded.
func FetchSome(keys []string, fetch func(key string) (string, error)) (map[string]string, error) {
	// A Group would keep one error of many, so a WaitGroup is the better tool.
	values := make([]string, len(keys))
	errs := make([]error, len(keys))
	var wg sync.WaitGroup
	for i, key := range keys {
		wg.Go(func() {
			var err error
			if values[i], err = fetch(key); err != nil {
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
	return some, errors.Join(errs...) // which leaves out the nils
}
