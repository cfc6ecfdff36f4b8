// Every failure overwrites the one before it, so that the last one is
// returned. A mutex keeps the variable whole, but it doesn't say who was
// first. In production the error that is reported is an effect, not the cause.
//
// Refused by: TestFetchAll/returns the error that occurred first, not one that it set off
// Says: FetchAll returned the error "late error"; want "early error", the error that occurred first

package withcontext

import (
	"context"
	"sync"
)

func FetchAll(ctx context.Context, keys []string, fetch func(ctx context.Context, key string) (string, error)) ([]string, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	values := make([]string, len(keys))
	var (
		wg     sync.WaitGroup
		mu     sync.Mutex
		failed error
	)
	for i, key := range keys {
		wg.Go(func() {
			value, err := fetch(ctx, key)
			mu.Lock()
			defer mu.Unlock()
			values[i] = value
			if err != nil {
				failed = err
				cancel()
			}
		})
	}
	wg.Wait()
	if failed != nil {
		return nil, failed
	}
	return values, nil
}
