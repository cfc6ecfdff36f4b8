// When the context is already done, the answer is always context.Canceled. In
// production a deadline that has passed looks like a user who went away, and
// nobody raises the timeout.
//
// Refused by: TestFetchAll/calls no fetch when its context is already done/deadline
// Says: FetchAll returned the error "context canceled"; want one in which errors.Is finds "context deadline exceeded", the error of its context

package withcontext

import (
	"context"

	"golang.org/x/sync/errgroup"
)

func FetchAll(ctx context.Context, keys []string, fetch func(ctx context.Context, key string) (string, error)) ([]string, error) {
	if ctx.Err() != nil {
		return nil, context.Canceled
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
