// A Group keeps one error and forgets the others. In production, somebody
// repairs one server, and sees the next failure the next day.
//
// Refused by: TestFetchSome/joins all errors in the order of keys, each with its key
// Says: want every error, wrapped with %w and joined

package errgroups

import (
	"fmt"
	"sync"

	"golang.org/x/sync/errgroup"
)

func FetchSome(keys []string, fetch func(key string) (string, error)) (map[string]string, error) {
	some := make(map[string]string)
	var mu sync.Mutex
	var g errgroup.Group
	for _, key := range keys {
		g.Go(func() error {
			value, err := fetch(key)
			if err != nil {
				return fmt.Errorf("fetch %q: %w", key, err)
			}
			mu.Lock()
			defer mu.Unlock()
			some[key] = value
			return nil
		})
	}
	return some, g.Wait()
}
