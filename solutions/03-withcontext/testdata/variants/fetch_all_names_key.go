// Each error gets the name of its key, with %w. Each goroutine checks the
// context before it starts: in a group with a limit, the last functions start
// late.

package withcontext

import (
	"context"
	"fmt"

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
			if err := ctx.Err(); err != nil {
				return err
			}
			value, err := fetch(ctx, key)
			if err != nil {
				return fmt.Errorf("fetch %q: %w", key, err)
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
