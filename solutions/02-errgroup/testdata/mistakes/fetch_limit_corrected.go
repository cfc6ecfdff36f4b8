// A limit below 1 is silently made 1. In production a mistake in a
// configuration makes everything slow, and nobody is told.
//
// Refused by: TestFetchLimit/refuses a limit below 1 and fetches nothing/limit 0
// Says: FetchLimit called 2 fetches; want no call, because a limit below 1 allows none

package errgroups

import "golang.org/x/sync/errgroup"

func FetchLimit(keys []string, limit int, fetch func(key string) (string, error)) ([]string, error) {
	limit = max(limit, 1)
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
