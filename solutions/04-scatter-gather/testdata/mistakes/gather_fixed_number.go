// It receives one result for each fetcher. A fetcher that knows nothing sends
// none. In production, the page of a new user never appears.
//
// Refused by: TestGather/expects no result of a fetcher that knows nothing
// Says: is blocked receiving from a channel: nobody sends on it or closes it

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
	var gathered []Result
	for range fetchers {
		gathered = append(gathered, <-results)
	}
	return gathered, g.Wait()
}
