// The second request is made although the answer is there, and only waits for a
// receiver. In production a busy receiver doubles the load of the source.
//
// Refused by: TestHedgeFetcher/makes no second request while the answer waits for a receiver
// Says: HedgeFetcher.Fetch asked the wrapped Fetcher

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
				cancel() // now: a receiver of the result may take its time
				if !o.known {
					return nil
				}
				for {
					select {
					case <-ctx.Done():
						return ctx.Err()
					case results <- o.result:
						return nil
					case <-after.C:
						if asked == 1 {
							asked = 2
							go ask()
						}
					}
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
