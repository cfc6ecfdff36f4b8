package withcontext

import (
	"context"

	"golang.org/x/sync/errgroup"
)

// FetchAll fetches all keys at the same time and returns their values, in the
// order of keys. The first failure, or the end of ctx, cancels the fetches
// that are under way; FetchAll returns only when every fetch has returned, and
// then nil and the error that occurred first: the cause, never the "context
// canceled" that it set off in the others.
//
// If ctx is already done, no fetch is called, and the error matches ctx.Err().
func FetchAll(ctx context.Context, keys []string, fetch func(ctx context.Context, key string) (string, error)) ([]string, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	values := make([]string, len(keys))
	// From here on ctx is the group's: what uses it stops with the group.
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
