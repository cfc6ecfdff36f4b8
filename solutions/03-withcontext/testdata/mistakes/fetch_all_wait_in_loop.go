// Wait stands inside the loop: each fetch starts when the one before it has
// ended. In production the times add up, where the slowest one was to be the
// whole.
//
// Refused by: TestFetchAll/fetches all keys at the same time and returns the values in their order
// Says: FetchAll returned after 6h0m0s; want 3h0m0s, the time of the slowest fetch: the fetches ran one after another

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
	for i, key := range keys {
		g, ctx := errgroup.WithContext(ctx)
		g.Go(func() error {
			var err error
			values[i], err = fetch(ctx, key)
			return err
		})
		if err := g.Wait(); err != nil {
			return nil, err
		}
	}
	return values, nil
}
