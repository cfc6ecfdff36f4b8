// A fetch that fails doesn't give its place back. In production, after as many
// failures as the limit, everything hangs.
//
// Refused by: TestFetchLimit/fetches the other keys after an error
// Says: waits to send on a channel, and nobody receives

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
			value, err := fetch(key)
			if err != nil {
				return err
			}
			values[i] = value
			<-places
			return nil
		})
	}
	if err := g.Wait(); err != nil {
		return nil, err
	}
	return values, nil
}
