// What Wait returns is ignored. In production a page that was cut off looks
// complete, and is cached.
//
// Refused by: TestGather/returns the results that arrived before the first error, together with it
// Says: Gather returned nil; want an error that matches "early error"

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
	g.Wait()
	close(results)
	var gathered []Result
	for result := range results {
		gathered = append(gathered, result)
	}
	return gathered, nil
}
