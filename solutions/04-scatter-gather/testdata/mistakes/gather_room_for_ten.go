// The channel has room for ten results, which was more than enough. In
// production it hangs on the day of the eleventh source.
//
// Refused by: TestGather/has room for every result, of none or a thousand fetchers
// Says: waits in Group.Wait for a function that doesn't return

package main

import (
	"context"

	"golang.org/x/sync/errgroup"
)

func Gather(ctx context.Context, email string, fetchers []Fetcher) ([]Result, error) {
	results := make(chan Result, 10)
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
