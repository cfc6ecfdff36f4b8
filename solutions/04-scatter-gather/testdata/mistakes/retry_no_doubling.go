// Each wait is as long as the first. In production, a source that broke down
// under its load is asked at the same rate for as long as it is down.
//
// Refused by: TestRetryFetcher/waits twice as long before each further try
// Says: want [0s 4s 11s 24s], with waits of 3s, 6s and 12s between tries of 1s

package main

import (
	"context"
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

		timer := time.NewTimer(f.jitter(wait))
		select {
		case <-ctx.Done():
		case <-timer.C:
		}
		timer.Stop()
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
