// It looks at the context only while it waits. In production, callers that have
// already left still ask a source that is down.
//
// Refused by: TestRetryFetcher/begins no try once its context is done, even if the wait is over as well
// Says: a select picks one at random, so look at ctx.Err() before each try

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
	if ctx.Err() != nil {
		return ctx.Err()
	}
	for try := 1; ; try++ {
		err := f.Fetcher.Fetch(ctx, email, results)
		switch {
		case err == nil:
			return nil
		case ctx.Err() != nil:
			return ctx.Err()
		case try >= f.Tries:
			return err
		}

		timer := time.NewTimer(f.jitter(wait))
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-timer.C:
		}
		timer.Stop()
		if wait <= math.MaxInt64/2 {
			wait *= 2
		}
	}
}

func (f RetryFetcher) jitter(d time.Duration) time.Duration {
	if f.Jitter != nil {
		return f.Jitter(d)
	}
	half := d / 2
	return half + rand.N(d-half+1)
}
