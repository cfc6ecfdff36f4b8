// The error gets the name of its key, but %v keeps only the text of it.
// errors.Is and errors.As find nothing any more. In production the check for
// "not found" is never true, and a missing page becomes an internal error.
//
// Refused by: TestFetchAll/cancels the other fetches when one fails
// Says: FetchAll returned the error "fetch town: early error", in which errors.Is doesn't find "early error"; want it wrapped with %w, not %v

package withcontext

import (
	"context"
	"fmt"

	"golang.org/x/sync/errgroup"
)

func FetchAll(ctx context.Context, keys []string, fetch func(ctx context.Context, key string) (string, error)) ([]string, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	values := make([]string, len(keys))
	g, ctx := errgroup.WithContext(ctx)
	for i, key := range keys {
		g.Go(func() error {
			value, err := fetch(ctx, key)
			if err != nil {
				return fmt.Errorf("fetch %s: %v", key, err)
			}
			values[i] = value
			return nil
		})
	}
	if err := g.Wait(); err != nil {
		return nil, err
	}
	return values, nil
}
