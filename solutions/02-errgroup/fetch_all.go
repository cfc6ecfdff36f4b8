// Package errgroups is the second exercise: goroutines that can fail, and a
// limit on how many run at a time, with golang.org/x/sync/errgroup.
package errgroups

import "golang.org/x/sync/errgroup"

// FetchAll fetches all keys at the same time and returns their values in the
// order of keys. If a fetch fails, FetchAll still waits for every fetch. Then it
// returns nil and the error that occurred first.
func FetchAll(keys []string, fetch func(key string) (string, error)) ([]string, error) {
	values := make([]string, len(keys))
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
