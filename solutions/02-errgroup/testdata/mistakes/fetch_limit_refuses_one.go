// The limit is checked with <= instead of <, so that a limit of 1 is refused. In
// production the setting for a slow day stops the service.
//
// Refused by: TestFetchLimit/runs one fetch at a time when the limit is 1
// Says: FetchLimit returned the error "fetch limit: got 1, want at least 1" for the limit 1; want nil, because no fetch failed

package errgroups

import (
	"fmt"

	"golang.org/x/sync/errgroup"
)

func FetchLimit(keys []string, limit int, fetch func(key string) (string, error)) ([]string, error) {
	if limit <= 1 {
		return nil, fmt.Errorf("fetch limit: got %d, want at least 1", limit)
	}
	values := make([]string, len(keys))
	var g errgroup.Group
	g.SetLimit(limit)
	for i, key := range keys {
		g.Go(func() error {
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
