// A map from a key to its place: a key that stands twice has only one. In
// production the second widget for the same user stays empty.
//
// Refused by: TestFetchAll/fetches a key that stands twice for both places, and leaves the keys as they are
// Says: want ["value of name" "value of town" "value of name"], in the order of keys

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
	g, ctx := errgroup.WithContext(ctx)
	places := make(map[string]int)
	for i, key := range keys {
		places[key] = i
	}
	for key, i := range places {
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
