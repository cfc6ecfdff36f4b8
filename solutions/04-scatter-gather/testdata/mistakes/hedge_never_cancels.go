// The contexts end with an answer, and only with it. In production each request
// whose two tries failed leaves something with the context of its caller.
//
// Refused by: TestHedgeFetcher/ends the contexts of its requests
// Says: HedgeFetcher.Fetch returned, and the context of request 1 is not done; want it canceled

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
		known  bool // whether there is a result
		err    error
	}
	outcomes := make(chan outcome, 2) // room for both: the loser's goroutine ends too
	both, cancel := context.WithCancel(ctx)
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
				cancel() // now: a receiver of the result may take its time
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
