// A lock makes the append safe, and the values still stand in the order of
// their arrival. In production all tests on a fast machine pass, and the
// columns change places under load.
//
// Refused by: TestFetchAll/returns the values in the order of keys
// Says: FetchAll returned "london" as value 0; want "ada": the values must stand in the order of keys

package errgroups

import (
	"sync"

	"golang.org/x/sync/errgroup"
)

func FetchAll(keys []string, fetch func(key string) (string, error)) ([]string, error) {
	var (
		values []string
		mu     sync.Mutex
		g      errgroup.Group
	)
	for _, key := range keys {
		g.Go(func() error {
			value, err := fetch(key)
			if err != nil {
				return err
			}
			mu.Lock()
			defer mu.Unlock()
			values = append(values, value)
			return nil
		})
	}
	if err := g.Wait(); err != nil {
		return nil, err
	}
	return values, nil
}
