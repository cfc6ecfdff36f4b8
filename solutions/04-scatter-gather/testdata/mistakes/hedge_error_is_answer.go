// The request that returns first decides, even by an error. In production, the hedge
// doubles the number of failures instead of reducing it.
//
// Refused by: TestHedgeFetcher/asks the second time at once when the first request fails
// Says: HedgeFetcher.Fetch

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
	both, cancel := context.WithCancel(ctx)
	defer cancel()
	// What both requests send, and what both return. The buffers let the goroutine
	// of the loser finish, although nobody receives from it.
	answers := make(chan Result, 2)
	returned := make(chan error, 2)
	ask := func() { returned <- f.Fetcher.Fetch(both, email, answers) }

	pass := func(result Result) error {
		cancel() // now: a receiver may take its time
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
			}
			return err
		}
	}
}
