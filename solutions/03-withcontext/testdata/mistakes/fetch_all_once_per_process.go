// The Once stands outside the function, so it keeps the first error of the
// process, not of the call. The first call that fails is right. In production
// the second failure is reported as a success.
//
// Refused by: TestFetchAll/stops when its own context ends, and says so
// Says: FetchAll returned nil although the context was done; want an error that matches "context deadline exceeded"

package withcontext

import (
	"context"
	"sync"
)

var keepFirst sync.Once

func FetchAll(ctx context.Context, keys []string, fetch func(ctx context.Context, key string) (string, error)) ([]string, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	values := make([]string, len(keys))
	var wg sync.WaitGroup
	var first error
	for i, key := range keys {
		wg.Go(func() {
			value, err := fetch(ctx, key)
			if err != nil {
				keepFirst.Do(func() { first = err })
				cancel()
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
