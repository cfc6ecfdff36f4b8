// Whatever looks like the end of a context is passed over, and the caller's
// context is asked instead. A fetch with a timeout of its own fails with the
// same error. In production its timeout is lost: the value is missing, the
// error is nil.
//
// Refused by: TestFetchAll/returns a fetch's own timeout as the first error/deadline exceeded
// Says: FetchAll returned after 1h0m0s; want 2s, the moment at which town failed, which cancels the other fetches

package withcontext

import (
	"context"
	"errors"

	"golang.org/x/sync/errgroup"
)

func FetchAll(ctx context.Context, keys []string, fetch func(ctx context.Context, key string) (string, error)) ([]string, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	values := make([]string, len(keys))
	g, groupCtx := errgroup.WithContext(ctx)
	for i, key := range keys {
		g.Go(func() error {
			value, err := fetch(groupCtx, key)
			if errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
				return ctx.Err()
			}
			values[i] = value
			return err
		})
	}
	if err := g.Wait(); err != nil {
		return nil, err
	}
	return values, nil
}
