// A group without a context: the first error stops nothing. In production the
// page that has failed still takes as long as its slowest source.
//
// Refused by: TestGather/returns the results that arrived before the first error, together with it
// Says: Gather returned after 1h0m0s; want 2s, the moment at which points failed, which cancels the others: it waited for the fetch "orders", which ran from 0s to 1h0m0s

package main

import (
	"context"

	"golang.org/x/sync/errgroup"
)

func Gather(ctx context.Context, email string, fetchers []Fetcher) ([]Result, error) {
	results := make(chan Result, len(fetchers))
	var g errgroup.Group
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
