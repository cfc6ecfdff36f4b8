// The place is given back as soon as the goroutine has started, not when the
// fetch has ended. In production there is no limit.
//
// Refused by: TestFetchLimit/runs two fetches at a time when the limit is 2
// Says: FetchLimit ran at most 4 fetches at a time; want 2

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
			<-places
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
