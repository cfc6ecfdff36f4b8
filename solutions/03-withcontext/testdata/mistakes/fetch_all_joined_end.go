// The end of the caller's context is joined to whatever came first. In production
// a failure that came before a timeout is counted as a timeout.
//
// Refused by: TestFetchAll/returns a failure that came before the end of its context
// Says: want "early error" alone, the error that occurred first

package withcontext

import (
	"context"
	"errors"

	"golang.org/x/sync/errgroup"
)

func FetchAll(parent context.Context, keys []string, fetch func(ctx context.Context, key string) (string, error)) ([]string, error) {
	if err := parent.Err(); err != nil {
		return nil, err
	}
	values := make([]string, len(keys))
	g, ctx := errgroup.WithContext(parent)
	for i, key := range keys {
		g.Go(func() error {
			var err error
			values[i], err = fetch(ctx, key)
			return err
		})
	}
	if err := g.Wait(); err != nil {
		return nil, errors.Join(err, parent.Err())
	}
	return values, nil
}
