// The values are returned together with the error. In production a caller that
// looks at the values first shows a page with holes.
//
// Refused by: TestFetchAll/returns the error of the fetch that failed, and no values
// Says: FetchAll returned the values ["ada" "" "1815"] together with an error; want nil

package errgroups

import "golang.org/x/sync/errgroup"

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
	return values, g.Wait()
}
