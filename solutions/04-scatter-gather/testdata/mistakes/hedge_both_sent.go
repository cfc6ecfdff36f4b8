// Both requests send on results themselves. In production a name is there
// twice, or a send meets a channel that is closed by now, and the program
// ends.
//
// Refused by: TestHedgeFetcher/leaves a stubborn loser behind, whose goroutine ends with it/it sends a result too late
// Says: HedgeFetcher.Fetch gave the results [{request 2 21} {request 1 20}]; want [{request 2 21}]

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
	both, cancel := context.WithCancel(ctx)
	defer cancel()
	ask := func() {
		outcomes <- outcome{err: f.Fetcher.Fetch(both, email, results)}
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
				return nil
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
