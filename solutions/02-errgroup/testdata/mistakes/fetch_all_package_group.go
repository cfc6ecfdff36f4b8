// The Group is a package variable, and a Group keeps its first error forever.
// In production, every call after the first failure fails too, until somebody
// restarts the process.
//
// Refused by: TestFetchAll/forgets the error of one call by the next
// Says: a Group keeps its error, so make a new Group in each call

package errgroups

import "golang.org/x/sync/errgroup"

var g = new(errgroup.Group)

func FetchAll(keys []string, fetch func(key string) (string, error)) ([]string, error) {
	values := make([]string, len(keys))
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
