// As many workers as keys take their work from a channel. With fewer workers,
// it is a pool, like a group with SetLimit.

package withcontext

import (
	"context"

	"golang.org/x/sync/errgroup"
)

func FetchAll(ctx context.Context, keys []string, fetch func(ctx context.Context, key string) (string, error)) ([]string, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	indexes := make(chan int, len(keys))
	for i := range keys {
		indexes <- i
	}
	close(indexes)
	values := make([]string, len(keys))
	g, ctx := errgroup.WithContext(ctx)
	for range keys {
		g.Go(func() error {
			for i := range indexes {
				var err error
				if values[i], err = fetch(ctx, keys[i]); err != nil {
					return err
				}
			}
			return nil
		})
	}
	if err := g.Wait(); err != nil {
		return nil, err
	}
	return values, nil
}
