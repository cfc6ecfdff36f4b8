// A try that was canceled ends it, whoever canceled it. In production a proxy that
// cancels a request by itself is never asked again.
//
// Refused by: TestRetryFetcher/tries again when only the time of one try was over
// Says: RetryFetcher.Fetch returned the error "context canceled"; want nil

package main

import (
	"context"
	"errors"
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
		case errors.Is(err, context.Canceled), try >= f.Tries:
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
	return half + rand.N(d-half+1) // rand.N needs an argument above zero, so + 1
}
