// The fetches get a context that knows nothing of the caller's; when the
// caller's ends, for whatever reason, it is canceled. So a timeout turns into
// "context canceled". In production nobody sees which limit was too short.
//
// Refused by: TestFetchAll/stops when its own context ends, and says so/deadline
// Says: FetchAll returned the error "town: context canceled"; want one in which errors.Is finds "context deadline exceeded", the error of its context

package withcontext

import (
	"context"

	"golang.org/x/sync/errgroup"
)

func FetchAll(ctx context.Context, keys []string, fetch func(ctx context.Context, key string) (string, error)) ([]string, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	base, cancel := context.WithCancel(context.Background())
	defer cancel()
	defer context.AfterFunc(ctx, cancel)()

	values := make([]string, len(keys))
	g, ctx := errgroup.WithContext(base)
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
