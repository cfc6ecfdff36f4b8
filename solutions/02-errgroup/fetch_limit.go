package errgroups

import (
	"fmt"

	"golang.org/x/sync/errgroup"
)

// FetchLimit is FetchAll with at most limit fetches at a time: as soon as one
// returns, the next one starts. If limit is below 1, FetchLimit returns an error
// and calls no fetch.
func FetchLimit(keys []string, limit int, fetch func(key string) (string, error)) ([]string, error) {
	if limit < 1 {
		// In errgroup, 0 makes Go block forever, and -1 means no limit.
		return nil, fmt.Errorf("fetch limit: got %d, want at least 1", limit)
	}
	values := make([]string, len(keys))
	var g errgroup.Group
	g.SetLimit(limit)
	for i, key := range keys {
		g.Go(func() error { // blocks while limit fetches are running
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
