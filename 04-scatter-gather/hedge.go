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
	// TODO: give each request its own goroutine, and both a channel of yours.
	// Test:  go test -run TestHedgeFetcher ./04-scatter-gather
	// Hints: docs/extras.md#hedgefetcher-extra
	return nil
}
