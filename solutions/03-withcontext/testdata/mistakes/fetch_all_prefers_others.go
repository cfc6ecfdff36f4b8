// The first error is replaced as long as it looks like a cancellation. When
// the fetch that failed was canceled for a reason of its own, what it set off
// takes its place. In production the log names a fetch that did nothing wrong.
//
// Refused by: TestFetchAll/returns a fetch's own timeout as the first error/canceled
// Says: FetchAll returned the error "name: context canceled"; want "town gave up: context canceled", the error that occurred first

package withcontext

import (
	"context"
	"errors"
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
		wg    sync.WaitGroup
		mu    sync.Mutex
		first error
	)
	for i, key := range keys {
		wg.Go(func() {
			value, err := fetch(ctx, key)
			mu.Lock()
			defer mu.Unlock()
			values[i] = value
			if err != nil {
				if first == nil || errors.Is(first, context.Canceled) {
					first = err
				}
				cancel()
			}
		})
	}
	wg.Wait()
	if first != nil {
		return nil, first
	}
	return values, nil
}
