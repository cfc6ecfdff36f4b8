// A goroutine closes the channel when the group is done, and the caller
// receives meanwhile, so the channel needs no buffer. Use it if results are
// needed as they arrive.

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
	go func() {
		g.Wait()
		close(results)
	}()
	var gathered []Result
	for result := range results {
		gathered = append(gathered, result)
	}
	return gathered, g.Wait()
}
