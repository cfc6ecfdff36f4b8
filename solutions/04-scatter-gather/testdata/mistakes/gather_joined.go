// All errors are joined, also those that the first one set off. In production each
// failure looks like a cancellation too.
//
// Refused by: TestGather/returns the first error when there are several
// Says: which matches "late error"; want "early error" alone

package main

import (
	"context"
	"errors"

	"golang.org/x/sync/errgroup"
)

func Gather(ctx context.Context, email string, fetchers []Fetcher) ([]Result, error) {
	results := make(chan Result, len(fetchers))
	errs := make([]error, len(fetchers))
	g, ctx := errgroup.WithContext(ctx)
	for i, fetcher := range fetchers {
		g.Go(func() error {
			errs[i] = fetcher.Fetch(ctx, email, results)
			return errs[i]
		})
	}
	g.Wait()
	err := errors.Join(errs...)
	close(results) // nobody sends any more, so the range below comes to an end

	gathered := make([]Result, 0, len(results))
	for result := range results {
		gathered = append(gathered, result)
	}
	return gathered, err
}
