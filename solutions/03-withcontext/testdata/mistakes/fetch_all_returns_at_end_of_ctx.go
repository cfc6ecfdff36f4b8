// When the caller's context ends, it returns at once and leaves the fetches
// that don't listen. In production goroutines pile up whenever a server is
// slow, and write to values that nobody reads.
//
// Refused by: TestFetchAll/waits for a fetch that ignores the end of its context, and returns what came first
// Says: FetchAll returned after 2s; want 5m0s, the end of town, which ignores its context: it didn't wait for 1 fetch ("town")

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
	g, groupCtx := errgroup.WithContext(ctx)
	for i, key := range keys {
		g.Go(func() error {
			var err error
			values[i], err = fetch(groupCtx, key)
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
		return nil, ctx.Err()
	}
}
