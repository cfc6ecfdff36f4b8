// The values go into the slice of keys, to save one. In production the caller
// asks again with the values of the first time.
//
// Refused by: TestFetchAll/fetches a key that stands twice for both places, and leaves the keys as they are
// Says: FetchAll changed the keys that it was given

package errgroups

import "golang.org/x/sync/errgroup"

func FetchAll(keys []string, fetch func(key string) (string, error)) ([]string, error) {
	values := keys
	var g errgroup.Group
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
