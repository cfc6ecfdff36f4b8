// When both have failed it returns the first request's error. In production
// that is often the later one, an effect and no cause.
//
// Refused by: TestHedgeFetcher/returns the second request's error when that occurred first
// Says: HedgeFetcher.Fetch returned the error "late error"; want one that matches "early error"

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
	if err := ctx.Err(); err != nil {
		return err
	}
	type outcome struct {
		result Result
		known  bool
		n      int
		err    error
	}
	outcomes := make(chan outcome, 2)
	both, cancel := context.WithCancel(ctx)
	defer cancel()
	ask := func(n int) {
		inner := make(chan Result, 1)
		err := f.Fetcher.Fetch(both, email, inner)
		close(inner)
		result, known := <-inner
		outcomes <- outcome{result, known, n, err}
	}

	go ask(0)
	asked := 1
	after := time.NewTimer(f.After)
	defer after.Stop()
	failed, errs := 0, make([]error, 2)
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
			errs[o.n] = o.err
			failed++
		}

		switch {
		case ctx.Err() != nil:
			return ctx.Err()
		case failed == 2:
			return errs[0]
		case asked == 1:
			asked = 2
			go ask(1)
		}
	}
}
