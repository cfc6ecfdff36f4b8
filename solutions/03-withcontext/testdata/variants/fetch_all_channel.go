// The goroutines share nothing but a channel. One loop receives all results, in
// order of arrival. Use it if results are needed as they arrive.

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
	results := make(chan result)
	for i, key := range keys {
		go func() {
			value, err := fetch(ctx, key)
			results <- result{i, value, err}
		}()
	}
	values := make([]string, len(keys))
	var first error
	for range keys { // all of them, also after a failure
		r := <-results
		if r.err != nil && first == nil {
			first = r.err
			cancel()
		}
		values[r.index] = r.value
	}
	if first != nil {
		return nil, first
	}
	return values, nil
}
