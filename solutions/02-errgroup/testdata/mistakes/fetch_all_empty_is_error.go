// An empty value is taken for a failure. In production a field that somebody
// left empty makes the whole request fail.
//
// Refused by: TestFetchAll/keeps an empty value
// Says: FetchAll returned the error "no value"; want nil, because every fetch succeeded

package errgroups

import (
	"errors"

	"golang.org/x/sync/errgroup"
)

func FetchAll(keys []string, fetch func(key string) (string, error)) ([]string, error) {
	values := make([]string, len(keys))
	var g errgroup.Group
	for i, key := range keys {
		g.Go(func() error {
			value, err := fetch(key)
			if err == nil && value == "" {
				return errors.New("no value")
			}
			values[i] = value
			return err
		})
	}
	if err := g.Wait(); err != nil {
		return nil, err
	}
	return values, nil
}
