// A map under a mutex collects the values, and the order is made at the end.
// Use it if only some keys are fetched, so that no slice fits.

package withcontext

import (
	"context"
	"sync"

	"golang.org/x/sync/errgroup"
)

func FetchAll(ctx context.Context, keys []string, fetch func(ctx context.Context, key string) (string, error)) ([]string, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	var mu sync.Mutex
	byIndex := make(map[int]string)
	g, ctx := errgroup.WithContext(ctx)
	for i, key := range keys {
		g.Go(func() error {
			value, err := fetch(ctx, key)
			if err != nil {
				return err
			}
			mu.Lock()
			defer mu.Unlock()
			byIndex[i] = value
			return nil
		})
	}
	if err := g.Wait(); err != nil {
		return nil, err
	}
	values := make([]string, len(keys))
	for i := range values {
		values[i] = byIndex[i]
	}
	return values, nil
}
