package main

import (
	"context"
	"time"
)

// A HedgeFetcher is a Fetcher that asks a second time when the first answer
// takes long, and takes the answer that comes first.
type HedgeFetcher struct {
	Fetcher

	// After is how long Fetch waits for the first answer alone.
	After time.Duration
}

// Fetch asks the wrapped Fetcher, and asks a second time when there is no
// answer After later, or as soon as the first request has failed, whichever
// occurs first. It makes two requests at most, and takes what happens first:
//
//   - ctx is done: Fetch returns ctx.Err() at once, and makes no request any
//     more, not even the first.
//   - An answer, which is a result, or nil where the source knows nothing:
//     Fetch ends the contexts of both requests, then passes the result on to
//     results, and returns nil.
//   - Both requests have failed: Fetch returns the error that occurred first.
//
// What else a request sends goes nowhere, and Fetch waits for no request that
// goes on. Fetch never blocks on results once ctx is done, and once it has
// returned nothing is sent on results any more, and the contexts of both requests
// are done, also of one that was about to begin. A goroutine ends as soon as its
// request does.
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
