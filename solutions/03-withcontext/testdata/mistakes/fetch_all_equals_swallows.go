// A fetch that returns the context's error as it is counts as a success. In
// production a request that the user canceled ends with empty values and no
// error, and the empty values get stored.
//
// Refused by: TestFetchAll/says so too when a fetch returns the context's error as it is
// Says: FetchAll returned nil although the context was done; want an error that matches "context canceled", so that the caller can tell the work was not finished

package withcontext

import (
	"context"

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
			if err == context.Canceled {
				return nil
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
