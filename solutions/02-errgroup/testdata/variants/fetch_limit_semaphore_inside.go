// All goroutines start at once and wait for a slot. The caller never blocks,
// but each waiting goroutine takes some memory.

package errgroups

import (
	"fmt"

	"golang.org/x/sync/errgroup"
)

func FetchLimit(keys []string, limit int, fetch func(key string) (string, error)) ([]string, error) {
	if limit < 1 {
		return nil, fmt.Errorf("limit %d is below 1", limit)
	}
	values := make([]string, len(keys))
	var g errgroup.Group
	places := make(chan struct{}, limit)
	for i, key := range keys {
		g.Go(func() error {
			places <- struct{}{}
			defer func() { <-places }()
			var err error
			values[i], err = fetch(key)
			return err
		})
	}
	if err := g.Wait(); err != nil {
		return nil, err
	}
	return values, nil
}
