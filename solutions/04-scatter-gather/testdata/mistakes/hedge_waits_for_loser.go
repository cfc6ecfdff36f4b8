// It waits for both goroutines before it returns. In production one stubborn
// request holds up the answer that is there, and the second request was for
// nothing.
//
// Refused by: TestHedgeFetcher/leaves a stubborn loser behind, whose goroutine ends with it/it sends a result too late
// Says: HedgeFetcher.Fetch returned after 1m0s; want 3s, the moment at which the second request's answer came, although the first one goes on

package main

import (
	"context"
	"sync"
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
	var wg sync.WaitGroup
	defer wg.Wait()
	defer cancel()
	ask := func() {
		inner := make(chan Result, 1)
		err := f.Fetcher.Fetch(both, email, inner)
		close(inner)
		result, known := <-inner
		outcomes <- outcome{result, known, err}
	}

	wg.Go(ask)
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
			wg.Go(ask)
		}
	}
}
