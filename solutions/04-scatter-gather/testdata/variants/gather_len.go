// It receives len(results) times: after Wait nobody sends any longer, so len
// says how many there are, and no close is needed.

package main

import (
	"context"

	"golang.org/x/sync/errgroup"
)

func Gather(ctx context.Context, email string, fetchers []Fetcher) ([]Result, error) {
	results := make(chan Result, len(fetchers))
	g, ctx := errgroup.WithContext(ctx)
	for _, fetcher := range fetchers {
		g.Go(func() error { return fetcher.Fetch(ctx, email, results) })
	}
	err := g.Wait()
	gathered := make([]Result, len(results))
	for i := range gathered {
		gathered[i] = <-results
	}
	return gathered, err
}
