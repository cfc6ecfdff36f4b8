package main

import (
	"context"
	"time"
)

// A HedgeFetcher is a Fetcher that asks a second time when the first answer is
// slow, and takes the answer that comes first.
type HedgeFetcher struct {
	Fetcher

	// After is how long Fetch waits for the first answer before it asks again.
	After time.Duration
}

// Fetch asks the wrapped Fetcher. It asks a second time when no answer has
// arrived within After, or when the first request has failed, whichever occurs
// first. It makes at most two requests, and acts on what happens first:
//
//   - ctx is done: Fetch returns ctx.Err() at once, and makes no further
//     request, not even the first.
//   - An answer arrives: a result, or nil if the source knows nothing. Fetch
//     cancels the contexts of both requests, then passes the result on to
//     results and returns nil.
//   - Both requests have failed: Fetch returns the error that occurred first.
//
// Whatever the other request sends is dropped, and Fetch doesn't wait for a
// request that is still running. Once ctx is done, Fetch never blocks on
// results. Once Fetch has returned, nothing more is sent on results. The
// contexts of both requests are then done, even if a request was about to begin.
// A goroutine finishes as soon as its request returns.
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
