package errgroups

import "golang.org/x/sync/errgroup"

func FetchAll(keys []string, fetch func(key string) (string, error)) ([]string, error) {
	// hint
	if err := g.Wait(); err != nil {
		return nil, err
	}
	return values, nil
}
