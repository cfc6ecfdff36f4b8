// A limit of 0 is passed to SetLimit, and then Go blocks forever. In
// production, a missing line in a configuration makes the service hang without
// a word.
//
// Refused by: TestFetchLimit/rejects a limit below 1 and fetches nothing/limit 0
// Says: is blocked in Group.Go: the group's limit leaves no free slot

package errgroups

import "golang.org/x/sync/errgroup"

func FetchLimit(keys []string, limit int, fetch func(key string) (string, error)) ([]string, error) {
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
