// The errors are kept in the order of the keys, and the first of them that
// isn't a cancellation is returned: first in the list, not in time. In
// production the log shows a late failure, and the one that began it all is
// lost.
//
// Refused by: TestFetchAll/returns the error that occurred first, not one that it set off
// Says: FetchAll returned the error "late error"; want "early error", the error that occurred first

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
			values[i], errs[i] = fetch(ctx, key)
			if errs[i] != nil {
				cancel()
			}
		})
	}
	wg.Wait()
	var canceled error
	for _, err := range errs {
		if errors.Is(err, context.Canceled) {
			canceled = err
		} else if err != nil {
			return nil, err
		}
	}
	if canceled != nil {
		return nil, canceled
	}
	return values, nil
}
