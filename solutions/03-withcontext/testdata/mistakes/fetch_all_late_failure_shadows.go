// A failure is preferred to the end of the context, even one that came later.
// In production the log blames a server for an error that it made long after
// the user had gone.
//
// Refused by: TestFetchAll/waits for a fetch that ignores the end of its context, and returns what came first
// Says: FetchAll returned the error "late error"; want one in which errors.Is finds "context canceled", the error of its context

package withcontext

import (
	"context"
	"errors"

	"golang.org/x/sync/errgroup"
)

func FetchAll(ctx context.Context, keys []string, fetch func(ctx context.Context, key string) (string, error)) ([]string, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	values := make([]string, len(keys))
	g, groupCtx := errgroup.WithContext(ctx)
	for i, key := range keys {
		g.Go(func() error {
			value, err := fetch(groupCtx, key)
			if err != nil && ctx.Err() != nil && errors.Is(err, ctx.Err()) {
				return nil // told below
			}
			values[i] = value
			return err
		})
	}
	if err := g.Wait(); err != nil {
		return nil, err
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	return values, nil
}
