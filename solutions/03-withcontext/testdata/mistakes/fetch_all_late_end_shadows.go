// After the wait, the end of the caller's context comes before the failure. In
// production a failure followed by a slow fetch is reported as a timeout, and
// somebody raises the timeout.
//
// Refused by: TestFetchAll/returns a failure that came before the end of its context
// Says: FetchAll returned the error "context deadline exceeded"; want "early error", the error that occurred first

package withcontext

import (
	"context"

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
			var err error
			values[i], err = fetch(groupCtx, key)
			return err
		})
	}
	err := g.Wait()
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	if err != nil {
		return nil, err
	}
	return values, nil
}
