// A cancellation is passed over as if it were no failure. When the caller
// cancels, the result is a success with empty values. In production these
// empty values get into the cache, or into the database.
//
// Refused by: TestFetchAll/stops when its own context ends, and says so/canceled
// Says: FetchAll returned nil although the context was done; want an error that matches "context canceled", so that the caller can tell the work was not finished

package withcontext

import (
	"context"
	"errors"

	"golang.org/x/sync/errgroup"
)

func FetchAll(ctx context.Context, keys []string, fetch func(ctx context.Context, key string) (string, error)) ([]string, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	values := make([]string, len(keys))
	g, ctx := errgroup.WithContext(ctx)
	for i, key := range keys {
		g.Go(func() error {
			value, err := fetch(ctx, key)
			if errors.Is(err, context.Canceled) {
				return nil // another fetch has failed, and its error is enough
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
