package main

import (
	"context"

	"golang.org/x/sync/errgroup"
)

// Gather asks all fetchers about email at the same time, and returns when all
// of them have returned: the results that arrived, in the order of their
// arrival, together with the first error. The first error cancels the other
// fetchers; the results that arrived before it are not thrown away.
func Gather(ctx context.Context, email string, fetchers []Fetcher) ([]Result, error) {
	// Room for one result from each fetcher: none of them waits for a receiver.
	results := make(chan Result, len(fetchers))
	g, ctx := errgroup.WithContext(ctx)
	for _, fetcher := range fetchers {
		g.Go(func() error { return fetcher.Fetch(ctx, email, results) })
	}
	err := g.Wait()
	close(results) // nobody sends any more, so the range below comes to an end

	gathered := make([]Result, 0, len(results))
	for result := range results {
		gathered = append(gathered, result)
	}
	return gathered, err
}
