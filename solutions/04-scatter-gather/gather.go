package main

import (
	"context"

	"golang.org/x/sync/errgroup"
)

// Gather asks all fetchers about email at the same time and waits until all of
// them have returned. It returns the results in order of arrival, together with
// the first error. The first error cancels the other fetchers. The results that
// arrived are returned even after an error.
//
// The context of the fetchers is derived from ctx, and is done once Gather has
// returned. If ctx is already done, Gather may leave fetchers out; it then
// returns an error that matches ctx.Err().
func Gather(ctx context.Context, email string, fetchers []Fetcher) ([]Result, error) {
	// A buffer with one slot for each fetcher: no fetcher blocks on its send.
	results := make(chan Result, len(fetchers))
	g, ctx := errgroup.WithContext(ctx)
	for _, fetcher := range fetchers {
		g.Go(func() error { return fetcher.Fetch(ctx, email, results) })
	}
	err := g.Wait()
	close(results) // nobody sends after Wait; the close ends the range below

	gathered := make([]Result, 0, len(results))
	for result := range results {
		gathered = append(gathered, result)
	}
	return gathered, err
}
