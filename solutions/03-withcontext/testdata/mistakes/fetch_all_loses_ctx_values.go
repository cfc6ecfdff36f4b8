// The context of the fetches is not made from the caller's: its values get
// lost. In production the trace of a request ends here, and the fetches run
// without its credentials.
//
// Refused by: TestFetchAll/gives the fetches a context that is made from its own, and ends it
// Says: the fetch doesn't find the value that stands in the context of FetchAll; want a context that is made from it

package withcontext

import (
	"context"

	"golang.org/x/sync/errgroup"
)

func FetchAll(ctx context.Context, keys []string, fetch func(ctx context.Context, key string) (string, error)) ([]string, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	values := make([]string, len(keys))
	base, cancel := context.WithCancel(context.Background())
	defer cancel()
	defer context.AfterFunc(ctx, cancel)()
	g, groupCtx := errgroup.WithContext(base)
	for i, key := range keys {
		g.Go(func() error {
			value, err := fetch(groupCtx, key)
			if ctx.Err() != nil {
				return ctx.Err()
			}
			values[i] = value
			return err
		})
	}
	if err := g.Wait(); err != nil {
		return nil, err
	}
	return values, nil
}
