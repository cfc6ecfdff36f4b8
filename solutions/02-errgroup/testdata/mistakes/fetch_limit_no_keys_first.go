// Without keys the limit isn't looked at. In production a wrong setting goes
// unnoticed until the first request that has something to do.
//
// Refused by: TestFetchLimit/refuses a limit below 1 and fetches nothing/limit 0
// Says: FetchLimit returned no error for the limit 0 and 0 keys; want one that says what is wrong with the limit

package errgroups

import (
	"fmt"

	"golang.org/x/sync/errgroup"
)

func FetchLimit(keys []string, limit int, fetch func(key string) (string, error)) ([]string, error) {
	if len(keys) == 0 {
		return nil, nil
	}
	if limit < 1 {
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
