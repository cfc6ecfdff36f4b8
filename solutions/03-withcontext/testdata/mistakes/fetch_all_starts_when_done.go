// Nobody checks whether the context is done before the work starts. A fetch
// that ignores its context does all its work. In production, requests that were
// given up long ago keep the database busy.
//
// Refused by: TestFetchAll/calls no fetch when its context is already done
// Says: FetchAll called 2 fetches; want no call, because the context was already done

package withcontext

import (
	"context"

	"golang.org/x/sync/errgroup"
)

func FetchAll(ctx context.Context, keys []string, fetch func(ctx context.Context, key string) (string, error)) ([]string, error) {
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
