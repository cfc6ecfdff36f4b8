// A timeout that nobody asked for. In production large values can't be
// fetched, whatever deadline the caller sets.
//
// Refused by: TestFetchAll/fetches all keys at the same time and returns the values in their order
// Says: FetchAll returned after 30s; want 3h0m0s, the time of the slowest fetch

package withcontext

import (
	"context"
	"time"

	"golang.org/x/sync/errgroup"
)

func FetchAll(ctx context.Context, keys []string, fetch func(ctx context.Context, key string) (string, error)) ([]string, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	values := make([]string, len(keys))
	ctx, cancel := context.WithTimeout(ctx, 30*time.Second)
	defer cancel()
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
