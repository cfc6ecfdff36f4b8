// The goroutines share the variable err: one overwrites the error of another
// between its fetch and its return. In production some failures are reported
// as successes.
//
// Refused by: TestFetchAll/fetches no key, or two hundred at the same moment
// Says: DATA RACE
// Needs: -race

package errgroups

import "golang.org/x/sync/errgroup"

func FetchAll(keys []string, fetch func(key string) (string, error)) ([]string, error) {
	values := make([]string, len(keys))
	var g errgroup.Group
	var err error
	for i, key := range keys {
		g.Go(func() error {
			values[i], err = fetch(key)
			return err
		})
	}
	if err := g.Wait(); err != nil {
		return nil, err
	}
	return values, nil
}
