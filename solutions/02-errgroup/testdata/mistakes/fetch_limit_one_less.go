// One less than allowed is let in, so a limit of 1 lets nothing in. In
// production everything takes longer than it should, and with a limit of 1 it
// hangs.
//
// Refused by: TestFetchLimit/runs two fetches at a time when the limit is 2
// Says: FetchLimit ran at most 1 fetch at a time; want 2

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
	g.SetLimit(limit - 1)
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
