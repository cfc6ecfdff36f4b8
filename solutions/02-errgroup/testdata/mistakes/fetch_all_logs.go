// The error is logged, and nil is returned. In production, the caller carries
// on with an empty value, and somebody reads the log a day later.
//
// Refused by: TestFetchAll/waits for the other fetches after an error
// Says: FetchAll returned the error nil; want "early error", the error that occurred first

package errgroups

import (
	"log"

	"golang.org/x/sync/errgroup"
)

func FetchAll(keys []string, fetch func(key string) (string, error)) ([]string, error) {
	values := make([]string, len(keys))
	var g errgroup.Group
	for i, key := range keys {
		g.Go(func() error {
			value, err := fetch(key)
			if err != nil {
				log.Print(err)
				return nil
			}
			values[i] = value
			return nil
		})
	}
	if err := g.Wait(); err != nil {
		return nil, err
	}
	return values, nil
}
