// It sleeps between two tries, and the end of the context doesn't wake it. In
// production, a request that the user gave up holds its memory and its slot for
// minutes.
//
// Refused by: TestRetryFetcher/returns the moment its context is done, while it waits
// Says: want 2s, the moment at which its context was done

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
			return ctx.Err()
		case try >= f.Tries:
			return err
		}

		time.Sleep(f.jitter(wait))
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
	return half + rand.N(d-half+1)
}
