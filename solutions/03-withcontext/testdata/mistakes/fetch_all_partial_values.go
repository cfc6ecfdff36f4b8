// The values are returned together with the error. The contract is nil, so
// that nobody takes half an answer for a whole one. In production a caller
// that looks only at the length of the slice uses the gaps in it.
//
// Refused by: TestFetchAll/cancels the other fetches when one fails
// Says: FetchAll returned the values ["" "" ""] together with an error; want nil

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
	for i, key := range keys {
		g.Go(func() (err error) {
			values[i], err = fetch(ctx, key)
			return err
		})
	}
	return values, g.Wait()
}
