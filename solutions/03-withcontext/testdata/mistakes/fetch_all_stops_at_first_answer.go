// The results are received until the first one fails; without a failure it is
// right. The others are only canceled, nobody waits for them. In production a
// fetch goes on after its request has ended, and uses what is closed by then.
//
// Refused by: TestFetchAll/waits for a fetch that ignores its context
// Says: FetchAll returned after 1s; want 5m0s, the end of town, which ignores its context: it didn't wait for

package withcontext

import "context"

type result struct {
	index int
	value string
	err   error
}

func FetchAll(ctx context.Context, keys []string, fetch func(ctx context.Context, key string) (string, error)) ([]string, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	results := make(chan result, len(keys))
	for i, key := range keys {
		go func() {
			value, err := fetch(ctx, key)
			results <- result{i, value, err}
		}()
	}
	values := make([]string, len(keys))
	for range keys {
		r := <-results
		if r.err != nil {
			return nil, r.err
		}
		values[r.index] = r.value
	}
	return values, nil
}
