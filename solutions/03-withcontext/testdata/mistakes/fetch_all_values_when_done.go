// When the context is already done, it returns empty values beside the error.
// In production a caller that looks at the values first takes them for the
// answer.
//
// Refused by: TestFetchAll/calls no fetch when its context is already done/canceled
// Says: FetchAll returned the values ["" ""] together with an error; want nil

package withcontext

import (
	"context"

	"golang.org/x/sync/errgroup"
)

func FetchAll(ctx context.Context, keys []string, fetch func(ctx context.Context, key string) (string, error)) ([]string, error) {
	values := make([]string, len(keys))
	if err := ctx.Err(); err != nil {
		return values, err
	}
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
