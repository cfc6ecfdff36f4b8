// The function returns when the context is done, and leaves behind a fetch
// that doesn't listen to it. In production such fetches pile up, unseen and
// without a limit, whenever the server behind them gets slow.
//
// Refused by: TestFetchAll/waits for a fetch that ignores its context
// Says: FetchAll returned after 1s; want 5m0s, the end of town, which ignores its context: it didn't wait for

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
		g.Go(func() error {
			var err error
			values[i], err = fetch(ctx, key)
			return err
		})
	}
	done := make(chan error, 1)
	go func() { done <- g.Wait() }()
	select {
	case err := <-done:
		if err != nil {
			return nil, err
		}
		return values, nil
	case <-ctx.Done():
		return nil, context.Cause(ctx)
	}
}
