// Each goroutine appends: the values stand in the order of their arrival, and
// without a lock some get lost. In production the price of one article is
// shown with another one.
//
// Refused by: TestFetchAll/returns the values in the order of keys
// Says: FetchAll returned "london" as value 0; want "ada": the values must stand in the order of keys

package errgroups

import "golang.org/x/sync/errgroup"

func FetchAll(keys []string, fetch func(key string) (string, error)) ([]string, error) {
	var values []string
	var g errgroup.Group
	for _, key := range keys {
		g.Go(func() error {
			value, err := fetch(key)
			values = append(values, value)
			return err
		})
	}
	if err := g.Wait(); err != nil {
		return nil, err
	}
	return values, nil
}
