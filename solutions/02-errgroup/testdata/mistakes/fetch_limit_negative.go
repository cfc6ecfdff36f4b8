// A limit below 0 goes on to SetLimit, which takes it for no limit at all. In
// production a sign in a configuration opens all connections at once.
//
// Refused by: TestFetchLimit/refuses a limit below 1 and fetches nothing/limit -1
// Says: FetchLimit called 2 fetches; want no call, because a limit below 1 allows none

package errgroups

import (
	"fmt"

	"golang.org/x/sync/errgroup"
)

func FetchLimit(keys []string, limit int, fetch func(key string) (string, error)) ([]string, error) {
	if limit == 0 {
		return nil, fmt.Errorf("limit %d is below 1", limit)
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
