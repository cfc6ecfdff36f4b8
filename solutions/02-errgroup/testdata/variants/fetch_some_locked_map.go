// The goroutines write to the map under a lock. Use it if somebody reads the
// map while fetches are running.

package errgroups

import (
	"errors"
	"fmt"
	"sync"
)

func FetchSome(keys []string, fetch func(key string) (string, error)) (map[string]string, error) {
	some := make(map[string]string)
	var mu sync.Mutex
	errs := make([]error, len(keys))
	var wg sync.WaitGroup
	for i, key := range keys {
		wg.Go(func() {
			value, err := fetch(key)
			if err != nil {
				errs[i] = fmt.Errorf("fetch %q: %w", key, err)
				return
			}
			mu.Lock()
			defer mu.Unlock()
			some[key] = value
		})
	}
	wg.Wait()
	return some, errors.Join(errs...)
}
