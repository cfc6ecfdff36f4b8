// rand.N gets half of the wait, which is 0 for a wait of 1 ns, and panics. In
// production the one setting that was meant for tests ends the program.
//
// Refused by: TestRetryFetcher/has a random time for the shortest wait too
// Says: panic in RetryFetcher.jitter

package main

import (
	"context"
	"math"
	"math/rand/v2"
	"time"
)

type RetryFetcher struct {
	Fetcher

	Tries int

	Wait time.Duration

	Jitter func(time.Duration) time.Duration
}

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

func (f RetryFetcher) jitter(d time.Duration) time.Duration {
	if f.Jitter != nil {
		return f.Jitter(d)
	}
	half := d / 2
	if d == 0 {
		return 0
	}
	return half + rand.N(half)
}
