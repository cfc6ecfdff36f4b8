// The error names its key, wrapped so that errors.Is finds it. Use it if the
// caller wants to know which key it was.

package errgroups

import (
	"fmt"

	"golang.org/x/sync/errgroup"
)

func FetchAll(keys []string, fetch func(key string) (string, error)) ([]string, error) {
	values := make([]string, len(keys))
	var g errgroup.Group
	for i, key := range keys {
		g.Go(func() error {
			value, err := fetch(key)
			if err != nil {
				return fmt.Errorf("fetch %q: %w", key, err)
			}
			values[i] = value
			return nil
		})
	}
	if err := g.Wait(); err != nil {
		return nil, err
	}
	return values, nil
}
