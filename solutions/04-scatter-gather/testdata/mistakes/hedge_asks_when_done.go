// It makes the first request before it looks at the context. In production a
// server that shuts down asks the source once more for each caller.
//
// Refused by: TestHedgeFetcher/asks nothing when its context is already done
// Says: want no call, because its context was already done

package main

import (
	"context"
	"time"
)

type HedgeFetcher struct {
	Fetcher

	After time.Duration
}

func (f HedgeFetcher) Fetch(ctx context.Context, email string, results chan<- Result) error {
	type outcome struct {
		result Result
		known  bool
		err    error
	}
	outcomes := make(chan outcome, 2)
	both, cancel := context.WithCancel(ctx)
	defer cancel()
	ask := func() {
		inner := make(chan Result, 1)
		err := f.Fetcher.Fetch(both, email, inner)
		close(inner)
		result, known := <-inner
		outcomes <- outcome{result, known, err}
	}

	go ask()
	asked := 1
	after := time.NewTimer(f.After)
	defer after.Stop()
	var errs []error
	for {
		select {
		case <-ctx.Done():
		case <-after.C:
		case o := <-outcomes:
			if o.err == nil {
				cancel()
				if !o.known {
					return nil
				}
				select {
				case <-ctx.Done():
					return ctx.Err()
				case results <- o.result:
					return nil
				}
			}
			errs = append(errs, o.err)
		}

		switch {
		case ctx.Err() != nil:
			return ctx.Err()
		case len(errs) == 2:
			return errs[0]
		case asked == 1:
			asked = 2
			go ask()
		}
	}
}
