package main

import (
	"context"
	"time"
)

// A RetryFetcher is a Fetcher that asks again when the Fetcher that it wraps
// fails.
type RetryFetcher struct {
	Fetcher

	// Tries says how often the wrapped Fetcher is asked at most. Below 1 means
	// once.
	Tries int

	// Wait is the wait before the second try. The wait before each further try
	// is twice the one before, as far as a time.Duration can hold it. Below 0
	// means 0.
	Wait time.Duration

	// Jitter gets each of these waits, and returns how long Fetch really waits,
	// so that many clients that failed together don't come back together. If
	// nil, that is a random time, from half the wait up to all of it.
	Jitter func(time.Duration) time.Duration
}

// Fetch asks the wrapped Fetcher, which sends to results. When that fails,
// Fetch waits, and asks again, until a try succeeds or Tries is reached. It
// returns nil as soon as a try succeeds, also one without a result: the source
// knows nothing about email. When the last try has failed, Fetch returns its
// error, and doesn't wait any more.
//
// When ctx is done, no try begins any more, not even the first, and Fetch
// returns ctx.Err(): at that very moment while it waits, otherwise as soon as
// the try that is under way has failed, whatever its error is. An error of a
// try while ctx lives is a failure like any other, also where the time of that
// one try was over. No goroutine is left behind.
func (f RetryFetcher) Fetch(ctx context.Context, email string, results chan<- Result) error {
	// TODO: a loop around f.Fetcher.Fetch, and a wait that ends with ctx.
	return nil
}
