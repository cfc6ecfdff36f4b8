// After an error, the results are thrown away. In production, the failure of
// one optional source empties the page.
//
// Refused by: TestGather/returns the results that arrived before the first error, together with it
// Says: Gather returned no results together with the error; want the one that arrived before it: some data is better than none

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
	if err != nil {
		return nil, err
	}
	close(results)
	var gathered []Result
	for result := range results {
		gathered = append(gathered, result)
	}
	return gathered, err
}
