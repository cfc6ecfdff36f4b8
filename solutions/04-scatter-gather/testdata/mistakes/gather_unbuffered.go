// The channel is unbuffered, and nobody receives before Wait returns: the
// fetchers and Wait wait for each other. In production, every request hangs.
//
// Refused by: TestGather/asks all fetchers at the same time, and returns the results in the order of arrival
// Says: is blocked in Group.Wait: a function doesn't return

package main

import (
	"context"

	"golang.org/x/sync/errgroup"
)

func Gather(ctx context.Context, email string, fetchers []Fetcher) ([]Result, error) {
	results := make(chan Result)
	g, ctx := errgroup.WithContext(ctx)
	for _, fetcher := range fetchers {
		g.Go(func() error { return fetcher.Fetch(ctx, email, results) })
	}
	err := g.Wait()
	close(results)
	var gathered []Result
	for result := range results {
		gathered = append(gathered, result)
	}
	return gathered, err
}
