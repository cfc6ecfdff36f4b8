// It returns as soon as the caller's context is done, and leaves the fetchers
// behind. In production goroutines pile up whenever a source is slow.
//
// Refused by: TestGather/waits for a fetcher that ignores the end of its context
// Says: Gather returned after 2s; want 5m0s

package main

import (
	"context"

	"golang.org/x/sync/errgroup"
)

func Gather(ctx context.Context, email string, fetchers []Fetcher) ([]Result, error) {
	results := make(chan Result, len(fetchers))
	g, groupCtx := errgroup.WithContext(ctx)
	for _, fetcher := range fetchers {
		g.Go(func() error { return fetcher.Fetch(groupCtx, email, results) })
	}
	done := make(chan error, 1)
	go func() { done <- g.Wait() }()
	var err error
	select {
	case err = <-done:
	case <-ctx.Done():
		err = ctx.Err()
	}
	var gathered []Result
	for range len(results) {
		gathered = append(gathered, <-results)
	}
	return gathered, err
}
