// A Group whose functions never fail is a WaitGroup that knows a limit.

package errgroups

import (
	"errors"
	"fmt"

	"golang.org/x/sync/errgroup"
)

func FetchSome(keys []string, fetch func(key string) (string, error)) (map[string]string, error) {
	values := make([]string, len(keys))
	errs := make([]error, len(keys))
	var g errgroup.Group
	for i, key := range keys {
		g.Go(func() error {
			values[i], errs[i] = fetch(key)
			return nil
		})
	}
	g.Wait()
	some := make(map[string]string)
	for i, key := range keys {
		if errs[i] != nil {
			errs[i] = fmt.Errorf("%s: %w", key, errs[i])
			continue
		}
		some[key] = values[i]
	}
	return some, errors.Join(errs...)
}
