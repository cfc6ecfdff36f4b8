package main

import (
	"context"
	"math"
	"math/rand/v2"
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
	wait := max(f.Wait, 0)
	for try := 1; ctx.Err() == nil; try++ {
		err := f.Fetcher.Fetch(ctx, email, results)
		switch {
		case err == nil:
			return nil
		case ctx.Err() != nil:
			return ctx.Err() // err may be no more than what that did to the try
		case try >= f.Tries:
			return err
		}

		timer := time.NewTimer(f.jitter(wait))
		select {
		case <-ctx.Done():
		case <-timer.C:
		}
		timer.Stop()
		if wait <= math.MaxInt64/2 {
			wait *= 2
		}
	}
	return ctx.Err()
}

// jitter returns how long to wait where the schedule says d.
func (f RetryFetcher) jitter(d time.Duration) time.Duration {
	if f.Jitter != nil {
		return f.Jitter(d)
	}
	half := d / 2
	return half + rand.N(d-half+1) // rand.N needs an argument above zero, so + 1
}
