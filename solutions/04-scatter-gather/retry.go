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
	wait := max(f.Wait, 0)
	for try := 1; ctx.Err() == nil; try++ {
		err := f.Fetcher.Fetch(ctx, email, results)
		switch {
		case err == nil:
			return nil
		case ctx.Err() != nil:
			return ctx.Err() // err may be nothing but the end of ctx
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

// jitter returns how long Fetch really waits when the schedule says d.
func (f RetryFetcher) jitter(d time.Duration) time.Duration {
	if f.Jitter != nil {
		return f.Jitter(d)
	}
	half := d / 2
	return half + rand.N(d-half+1) // rand.N needs an argument above zero, so + 1
}
