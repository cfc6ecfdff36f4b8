// context.WithCancelCause keeps the first error: only the first cause counts.
// Use it if fetches want to know why they were stopped.

package withcontext

import (
	"context"
	"sync"
)

func FetchAll(ctx context.Context, keys []string, fetch func(ctx context.Context, key string) (string, error)) ([]string, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	group, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	values := make([]string, len(keys))
	var wg sync.WaitGroup
	for i, key := range keys {
		wg.Go(func() {
			value, err := fetch(group, key)
			if err != nil {
				cancel(err)
				return
			}
			values[i] = value
		})
	}
	wg.Wait()
	switch cause := context.Cause(group); cause {
	case nil:
		return values, nil
	case context.Cause(ctx): // the end of ctx came first: callers look for ctx.Err()
		return nil, ctx.Err()
	default:
		return nil, cause
	}
}
