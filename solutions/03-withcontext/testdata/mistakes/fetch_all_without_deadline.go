// The fetches get a context without cancellation, which is canceled by hand. It
// has lost the deadline. In production a database that plans by the deadline
// begins what can't end in time.
//
// Refused by: TestFetchAll/gives the fetches a context that is made from its own, and ends it
// Says: the fetch doesn't see the deadline of the context of FetchAll

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
	inner, cancel := context.WithCancel(context.WithoutCancel(ctx))
	defer cancel()
	fail := func(err error) {
		once.Do(func() { first = err })
		cancel()
	}
	defer context.AfterFunc(ctx, func() { fail(ctx.Err()) })()
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
