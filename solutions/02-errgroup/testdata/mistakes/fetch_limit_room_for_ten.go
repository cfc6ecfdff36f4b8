// All keys go into a channel with room for ten before the first worker starts. In
// production the eleventh key makes the program hang.
//
// Refused by: TestFetchLimit/keeps to a limit of 50 with 300 keys
// Says: waits to send on a channel, and nobody receives

package errgroups

import (
	"fmt"

	"golang.org/x/sync/errgroup"
)

func FetchLimit(keys []string, limit int, fetch func(key string) (string, error)) ([]string, error) {
	if limit < 1 {
		return nil, fmt.Errorf("fetch limit: got %d, want at least 1", limit)
	}
	values := make([]string, len(keys))
	var g errgroup.Group
	places := make(chan int, 10)
	for i := range keys {
		places <- i
	}
	close(places)
	for range min(limit, len(keys)) {
		g.Go(func() error {
			for i := range places {
				var err error
				if values[i], err = fetch(keys[i]); err != nil {
					return err
				}
			}
			return nil
		})
	}
	if err := g.Wait(); err != nil {
		return nil, err
	}
	return values, nil
}
