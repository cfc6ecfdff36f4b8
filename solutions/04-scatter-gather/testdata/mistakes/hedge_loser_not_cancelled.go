// Nobody cancels the loser. In production, each slow answer costs the source
// two full requests, at the worst moment.
//
// Refused by: TestHedgeFetcher/takes the second request's answer when the first one is slow
// Says: a goroutine of HedgeFetcher.Fetch

package main

import (
	"context"
	"time"
)

type HedgeFetcher struct {
	Fetcher

	// After is how long Fetch waits for the first answer before it asks again.
	After time.Duration
}

func (f HedgeFetcher) Fetch(ctx context.Context, email string, results chan<- Result) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	// What both requests send, and what both return. The buffers let the goroutine
	// of the loser finish, although nobody receives from it.
	answers := make(chan Result, 2)
	returned := make(chan error, 2)
	ask := func() { returned <- f.Fetcher.Fetch(ctx, email, answers) }

	pass := func(result Result) error {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case results <- result:
			return nil
		}
	}

	go ask()
	second := time.NewTimer(f.After) // runs until the second request begins
	defer second.Stop()
	var failure error
	for {
		select {
		case <-ctx.Done():
			return ctx.Err()

		case result := <-answers:
			return pass(result)

		case <-second.C:
			if ctx.Err() == nil { // select may have had both
				go ask()
			}

		case err := <-returned:
			switch {
			case ctx.Err() != nil:
				return ctx.Err() // err may be no more than what that did to the request
			case err == nil && len(answers) > 0:
				return pass(<-answers) // it was sent before
			case err == nil:
				return nil
			case failure != nil:
				return failure
			}
			failure = err
			if second.Stop() {
				go ask()
			}
		}
	}
}
