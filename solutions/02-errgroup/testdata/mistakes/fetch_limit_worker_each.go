// As many workers start as the limit allows, however few the keys are. In
// production a limit that means "none" starts a million goroutines.
//
// Refused by: TestFetchLimit/runs all fetches at the same time when the limit is larger
// Says: the test has started more than 20000 goroutines

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
	places := make(chan int)
	for range limit {
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
	for i := range keys {
		places <- i
	}
	close(places)
	if err := g.Wait(); err != nil {
		return nil, err
	}
	return values, nil
}
