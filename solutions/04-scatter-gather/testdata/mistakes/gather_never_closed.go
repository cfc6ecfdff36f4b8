// The channel is never closed, so the range over it never ends. In production
// every request hangs after its last result.
//
// Refused by: TestGather/asks all fetchers at the same time, and returns the results in the order of arrival
// Says: waits to receive from a channel, and nobody sends on it or closes it

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
	var gathered []Result
	for result := range results {
		gathered = append(gathered, result)
	}
	return gathered, err
}
