// What was only canceled is to be passed over, but == doesn't see through the
// wrapping: "name: context canceled" isn't context.Canceled. In production the
// log blames whichever fetch comes first, never the one that failed.
//
// Refused by: TestFetchAll/cancels the other fetches when one fails
// Says: FetchAll returned the error "name: context canceled"; want "early error", the error that occurred first

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
		if err == context.Canceled {
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
