// After the first error nobody receives any more. The other goroutines hear
// the cancellation, and wait to send their own error for good. In production
// each failure leaves goroutines behind, until the memory is full.
//
// Refused by: TestFetchAll/cancels the other fetches when one fails
// Says: waits to send on a channel, and nobody receives

package withcontext

import "context"

func FetchAll(ctx context.Context, keys []string, fetch func(ctx context.Context, key string) (string, error)) ([]string, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	values := make([]string, len(keys))
	errs := make(chan error)
	for i, key := range keys {
		go func() {
			var err error
			values[i], err = fetch(ctx, key)
			errs <- err
		}()
	}
	for range keys {
		if err := <-errs; err != nil {
			return nil, err
		}
	}
	return values, nil
}
