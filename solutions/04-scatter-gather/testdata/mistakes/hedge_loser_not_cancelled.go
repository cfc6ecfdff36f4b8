// Nobody cancels the loser. In production, each slow answer costs the source
// two full requests, at the worst moment.
//
// Refused by: TestHedgeFetcher/takes the second request's answer when the first one takes long
// Says: a goroutine of HedgeFetcher.Fetch

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
		err    error
	}
	outcomes := make(chan outcome, 2)
	both, cancel := ctx, func() {}
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
