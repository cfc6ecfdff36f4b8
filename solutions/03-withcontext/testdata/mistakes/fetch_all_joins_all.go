// All errors are joined, the cause and what it set off. In production
// errors.Is finds context.Canceled in every failure, so that code which passes
// over cancellations passes over them all.
//
// Refused by: TestFetchAll/cancels the other fetches when one fails
// Says: FetchAll returned the error "name: context canceled\nearly error\nyear: context canceled", which matches "context canceled"; want "early error" alone: the others were canceled because of it

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
	errs := make([]error, len(keys))
	var wg sync.WaitGroup
	for i, key := range keys {
		wg.Go(func() {
			if values[i], errs[i] = fetch(ctx, key); errs[i] != nil {
				cancel()
			}
		})
	}
	wg.Wait()
	if err := errors.Join(errs...); err != nil {
		return nil, err
	}
	return values, nil
}
