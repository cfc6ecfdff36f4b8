// The values go into the slice of keys, to save one. In production the caller
// asks again with the values of the first time.
//
// Refused by: TestFetchAll/fetches a key that stands twice for both places, and leaves the keys as they are
// Says: FetchAll changed the keys that it was given

package withcontext

import (
	"context"

	"golang.org/x/sync/errgroup"
)

func FetchAll(ctx context.Context, keys []string, fetch func(ctx context.Context, key string) (string, error)) ([]string, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	values := keys
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
