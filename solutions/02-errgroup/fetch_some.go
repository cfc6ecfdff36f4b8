package errgroups

import (
	"errors"
	"fmt"
	"sync"
)

// FetchSome fetches all keys at the same time and waits until every fetch has
// returned. It returns the values of the fetches that succeeded, by key, and the
// errors of the others, joined. An empty value is a value too.
//
// The errors are in the order of keys. The text of each contains its key, and
// errors.Is finds each of them. If every fetch succeeded, the error is nil.
//
// A key that occurs twice is fetched twice. If both fetches fail, both errors
// are joined.
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
