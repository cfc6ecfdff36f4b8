package withcontext

import (
	"context"

	"golang.org/x/sync/errgroup"
)

// FetchAll fetches all keys at the same time and returns their values in the
// order of keys. The first failure cancels the fetches that are still running,
// and so does the end of ctx.
//
// FetchAll waits until every fetch has returned. After a failure it returns nil
// and the error that occurred first, never the "context canceled" that the
// failure caused in the other fetches.
//
// The context of the fetches is derived from ctx: it has the values and the
// deadline of ctx. It is done once FetchAll has returned.
//
// If ctx is already done, no fetch is called, and the error matches ctx.Err().
func FetchAll(ctx context.Context, keys []string, fetch func(ctx context.Context, key string) (string, error)) ([]string, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	values := make([]string, len(keys))
	// From here on, ctx is the group's context: the first error cancels it.
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
