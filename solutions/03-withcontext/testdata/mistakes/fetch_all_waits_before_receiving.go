// The goroutines can't end before their answer is received, and it is received
// only after all of them have ended. In production the first call hangs; with
// a buffer that is a bit too small, only the largest does.
//
// Refused by: TestFetchAll/fetches all keys at the same time and returns the values in their order
// Says: waits to send on a channel, and nobody receives (3 goroutines)

package withcontext

import (
	"context"

	"golang.org/x/sync/errgroup"
)

type answer struct {
	index int
	value string
}

func FetchAll(ctx context.Context, keys []string, fetch func(ctx context.Context, key string) (string, error)) ([]string, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	answers := make(chan answer)
	g, ctx := errgroup.WithContext(ctx)
	for i, key := range keys {
		g.Go(func() error {
			value, err := fetch(ctx, key)
			answers <- answer{i, value}
			return err
		})
	}
	err := g.Wait()
	close(answers)
	values := make([]string, len(keys))
	for a := range answers {
		values[a.index] = a.value
	}
	if err != nil {
		return nil, err
	}
	return values, nil
}
