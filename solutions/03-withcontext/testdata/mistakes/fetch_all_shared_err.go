// The variable err stands outside the closure, so all goroutines write to the
// same one. Between the assignment and the return, another goroutine can set
// it to nil. In production, once in a great many calls, a failure is lost.
//
// Refused by: TestFetchAll/fetches no key, or a thousand at the same moment
// Says: WARNING: DATA RACE
// Needs: -race

package withcontext

import (
	"context"

	"golang.org/x/sync/errgroup"
)

func FetchAll(ctx context.Context, keys []string, fetch func(ctx context.Context, key string) (string, error)) ([]string, error) {
	err := ctx.Err()
	if err != nil {
		return nil, err
	}
	values := make([]string, len(keys))
	g, ctx := errgroup.WithContext(ctx)
	for i, key := range keys {
		g.Go(func() error {
			values[i], err = fetch(ctx, key)
			return err
		})
	}
	if err := g.Wait(); err != nil {
		return nil, err
	}
	return values, nil
}
