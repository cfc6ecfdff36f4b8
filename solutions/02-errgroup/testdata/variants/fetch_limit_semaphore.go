// A buffered channel as a semaphore, acquired by the caller. Use it for a limit
// that several groups share.

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
		places <- struct{}{}
		g.Go(func() error {
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
