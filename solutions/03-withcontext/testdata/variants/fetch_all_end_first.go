// Asks the caller's context first: what has ended comes before what it set off.

package withcontext

import (
	"context"
	"sync"
)

func FetchAll(ctx context.Context, keys []string, fetch func(ctx context.Context, key string) (string, error)) ([]string, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	group, cancel := context.WithCancel(ctx)
	defer cancel()
	var (
		wg    sync.WaitGroup
		mu    sync.Mutex
		first error
	)
	note := func(err error) {
		mu.Lock()
		defer mu.Unlock()
		if first == nil {
			if e := ctx.Err(); e != nil {
				first = e
			} else {
				first = err
			}
			cancel()
		}
	}
	values := make([]string, len(keys))
	for i, key := range keys {
		wg.Go(func() {
			v, err := fetch(group, key)
			if err != nil {
				note(err)
				return
			}
			values[i] = v
		})
	}
	wg.Wait()
	if first != nil {
		return nil, first
	}
	return values, nil
}
