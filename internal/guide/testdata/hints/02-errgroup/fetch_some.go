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
			// hint
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
