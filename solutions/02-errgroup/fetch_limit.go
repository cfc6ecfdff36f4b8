package errgroups

import (
	"fmt"

	"golang.org/x/sync/errgroup"
)

// FetchLimit is FetchAll with at most limit fetches at a time: as soon as one
// ends, the next starts. With a limit below 1 it returns an error, and calls
// no fetch.
func FetchLimit(keys []string, limit int, fetch func(key string) (string, error)) ([]string, error) {
	if limit < 1 {
		// To errgroup, 0 means that Go blocks forever, and -1 that there is no limit.
		return nil, fmt.Errorf("fetch limit: got %d, want at least 1", limit)
	}
	values := make([]string, len(keys))
	var g errgroup.Group
	g.SetLimit(limit)
	for i, key := range keys {
		g.Go(func() error { // waits here while limit fetches are in flight
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
