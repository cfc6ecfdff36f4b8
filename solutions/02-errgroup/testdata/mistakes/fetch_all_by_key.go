// A map from a key to its place: a key that stands twice has only one. In
// production the second widget for the same user stays empty.
//
// Refused by: TestFetchAll/fetches a key that stands twice for both places, and leaves the keys as they are
// Says: FetchAll returned "" as value 0; want "value of name"

package errgroups

import "golang.org/x/sync/errgroup"

func FetchAll(keys []string, fetch func(key string) (string, error)) ([]string, error) {
	values := make([]string, len(keys))
	var g errgroup.Group
	places := make(map[string]int)
	for i, key := range keys {
		places[key] = i
	}
	for key, i := range places {
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
