// A WaitGroup, a cancel function with a cause, and sync.Once: what
// errgroup.WithContext does, by hand.

package main

import (
	"context"
	"sync"
)

func Gather(ctx context.Context, email string, fetchers []Fetcher) ([]Result, error) {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	results := make(chan Result, len(fetchers))
	var (
		wg    sync.WaitGroup
		once  sync.Once
		first error
	)
	for _, fetcher := range fetchers {
		wg.Go(func() {
			if err := fetcher.Fetch(ctx, email, results); err != nil {
				once.Do(func() {
					first = err
					cancel(err)
				})
			}
		})
	}
	wg.Wait()
	close(results)
	var gathered []Result
	for result := range results {
		gathered = append(gathered, result)
	}
	return gathered, first
}
