// Each error gets the name of its key, with %w, and each goroutine asks the
// context before it starts. For logs that must say which fetch it was, and for
// groups with a limit, whose last functions start late.

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
