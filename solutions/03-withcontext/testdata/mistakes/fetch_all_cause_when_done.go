// When the context is already done, the answer is its cause alone, in which
// errors.Is doesn't find context.Canceled. In production callers that pass
// over a cancellation log it as a failure.
//
// Refused by: TestFetchAll/calls no fetch when its context is already done/canceled with a cause
// Says: FetchAll returned the error "the user has closed the window"; want one in which errors.Is finds "context canceled", the error of its context

package withcontext

import (
	"context"

	"golang.org/x/sync/errgroup"
)

func FetchAll(ctx context.Context, keys []string, fetch func(ctx context.Context, key string) (string, error)) ([]string, error) {
	if ctx.Err() != nil {
		return nil, context.Cause(ctx)
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
