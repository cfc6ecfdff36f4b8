// The values are appended as they come, so they stand in the order of speed. A
// mutex keeps the slice whole, but not in order. In production users get each
// other's data, whenever the servers answer in another order.
//
// Refused by: TestFetchAll/fetches all keys at the same time and returns the values in their order
// Says: FetchAll returned ["london" "1815" "ada"]; want ["ada" "london" "1815"], in the order of keys

package withcontext

import (
	"context"
	"sync"

	"golang.org/x/sync/errgroup"
)

func FetchAll(ctx context.Context, keys []string, fetch func(ctx context.Context, key string) (string, error)) ([]string, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	var mu sync.Mutex
	var values []string
	g, ctx := errgroup.WithContext(ctx)
	for _, key := range keys {
		g.Go(func() error {
			value, err := fetch(ctx, key)
			if err != nil {
				return err
			}
			mu.Lock()
			defer mu.Unlock()
			values = append(values, value)
			return nil
		})
	}
	if err := g.Wait(); err != nil {
		return nil, err
	}
	return values, nil
}
