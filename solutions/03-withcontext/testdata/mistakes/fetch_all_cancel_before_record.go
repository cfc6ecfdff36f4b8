// It cancels first and keeps the error afterwards. A fetch that is canceled
// may be quicker, and its error is kept. In production the log says "context
// canceled" once in a while, and the cause is lost.
//
// Refused by: TestFetchAll/keeps the first error before it cancels the others
// Says: want "early error", the error that occurred first

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
		wg    sync.WaitGroup
		once  sync.Once
		first error
	)
	for i, key := range keys {
		wg.Go(func() {
			value, err := fetch(ctx, key)
			if err != nil {
				cancel()
				once.Do(func() { first = err })
				return
			}
			values[i] = value
		})
	}
	wg.Wait()
	if first != nil {
		return nil, first
	}
	return values, nil
}
