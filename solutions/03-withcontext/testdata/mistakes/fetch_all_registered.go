// The function that context.AfterFunc registers is never taken off again. In
// production each call leaves one more with a context that lives as long as the
// program.
//
// Refused by: TestFetchAll/keeps the first error before it cancels the others
// Says: FetchAll left 1 things registered with its context; want none

package withcontext

import (
	"context"
	"sync"
)

func FetchAll(ctx context.Context, keys []string, fetch func(ctx context.Context, key string) (string, error)) ([]string, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	var (
		wg     sync.WaitGroup
		once   sync.Once
		first  error
		values = make([]string, len(keys))
	)
	inner, cancel := context.WithCancel(ctx)
	defer cancel()
	fail := func(err error) {
		once.Do(func() { first = err })
		cancel()
	}
	context.AfterFunc(ctx, func() { fail(ctx.Err()) })
	for i, key := range keys {
		wg.Go(func() {
			value, err := fetch(inner, key)
			if err != nil {
				fail(err)
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
