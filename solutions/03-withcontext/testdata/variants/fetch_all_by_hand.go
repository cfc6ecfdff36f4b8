// A WaitGroup, a Once and a context that can be canceled: what errgroup does,
// by hand. Use it in a module without dependencies.

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
				once.Do(func() {
					first = err // before cancel: what cancel sets off comes second
					cancel()
				})
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
