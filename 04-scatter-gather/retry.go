package main

import (
	"context"
	"time"
)

// A RetryFetcher is a Fetcher that asks again when the Fetcher that it wraps
// fails.
type RetryFetcher struct {
	Fetcher

	// Tries is how often the wrapped Fetcher is asked at most. A value below 1
	// means once.
	Tries int

	// Wait is the wait before the second try. Each further wait is twice the
	// wait before it, as far as a time.Duration can hold it. A value below 0
	// means 0.
	Wait time.Duration

	// Jitter is called with each of these waits, and returns how long Fetch
	// really waits. Then clients that failed together don't all return
	// together. If Jitter is nil, Fetch waits for a random time, at least half
	// of the wait and at most all of it.
	Jitter func(time.Duration) time.Duration
}

// Fetch asks the wrapped Fetcher, which sends to results. After a failure Fetch
// waits and asks again, until a try succeeds or Tries is reached. It returns nil
// as soon as a try succeeds, even one without a result: the source knows nothing
// about email. When the last try has failed, Fetch returns its error at once.
//
// Once ctx is done, no try begins, not even the first, and Fetch returns
// ctx.Err(): at that moment if it is waiting, otherwise as soon as the current
// try has failed, whatever its error is. An error while ctx is not done is a
// failure like any other, even if that one try ran out of time. Fetch leaves no
// goroutine behind.
func (f RetryFetcher) Fetch(ctx context.Context, email string, results chan<- Result) error {
	// TODO: a loop around f.Fetcher.Fetch, and a wait that ends with ctx.
	// Test:  go test -run TestRetryFetcher ./04-scatter-gather
	// Hints: docs/extras.md#retryfetcher-extra
	return nil
}
