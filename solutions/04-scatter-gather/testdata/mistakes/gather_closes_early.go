// The channel is closed before Wait: the first fetcher that sends panics. In
// production the program ends with "send on closed channel".
//
// Refused by: TestGather/asks all fetchers at the same time, and returns the results in the order of arrival
// Says: send on closed channel

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
	close(results)
	err := g.Wait()
	var gathered []Result
	for result := range results {
		gathered = append(gathered, result)
	}
	return gathered, err
}
