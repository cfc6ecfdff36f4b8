// Only the loser is cancelled; nothing ends the context of the winner. In
// production the context of a long-lived caller holds on to one for each
// answer, and memory grows.
//
// Refused by: TestHedgeFetcher/ends the contexts of its requests
// Says: the context of request 2 is not done

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
	first, cancelFirst := context.WithCancel(ctx)
	second, cancelSecond := context.WithCancel(ctx)
	both, cancel := []context.Context{first, second}, []context.CancelFunc{cancelFirst, cancelSecond}
	ask := func(n int) {
		inner := make(chan Result, 1)
		err := f.Fetcher.Fetch(both[n], email, inner)
		close(inner)
		result, known := <-inner
		outcomes <- outcome{result, known, n, err}
	}

	go ask(0)
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
				cancel[1-o.n]()
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
			go ask(1)
		}
	}
}
