// Without keys there is nothing to do, so it doesn't look at the context. In
// production a caller that loops until it gets an error never stops.
//
// Refused by: TestFetchAll/calls no fetch when its context is already done/canceled
// Says: FetchAll without keys returned nil although the context was done; want an error that matches "context canceled", so that the caller can tell the work was not finished

package withcontext

import (
	"context"

	"golang.org/x/sync/errgroup"
)

func FetchAll(ctx context.Context, keys []string, fetch func(ctx context.Context, key string) (string, error)) ([]string, error) {
	if len(keys) == 0 {
		return nil, nil
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	values := make([]string, len(keys))
	g, ctx := errgroup.WithContext(ctx)
	for i, key := range keys {
		g.Go(func() error {
			var err error
			values[i], err = fetch(ctx, key)
			return err
		})
	}
	if err := g.Wait(); err != nil {
		return nil, err
	}
	return values, nil
}
