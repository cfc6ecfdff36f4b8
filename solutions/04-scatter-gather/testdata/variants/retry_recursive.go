// A recursive answer: it calls itself with one try less, and a wait that is
// twice as long. The Jitter is in a copy of the fetcher.

package main

import (
	"context"
	"math"
	"math/rand/v2"
	"time"
)

type RetryFetcher struct {
	Fetcher
	Tries  int
	Wait   time.Duration
	Jitter func(time.Duration) time.Duration
}

func (f *RetryFetcher) Fetch(ctx context.Context, email string, results chan<- Result) error {
	select {
	case <-ctx.Done():
		return ctx.Err()
	default:
	}
	err := f.Fetcher.Fetch(ctx, email, results)
	if err != nil && ctx.Err() != nil {
		return ctx.Err()
	}
	if err == nil || f.Tries <= 1 {
		return err
	}

	rest := *f
	rest.Tries--
	rest.Wait = max(rest.Wait, 0)
	if rest.Jitter == nil {
		rest.Jitter = func(d time.Duration) time.Duration { return time.Duration(float64(d) * (0.5 + rand.Float64()/2)) }
	}
	woken := make(chan struct{})
	timer := time.AfterFunc(rest.Jitter(rest.Wait), func() { close(woken) })
	defer timer.Stop()
	rest.Wait = min(rest.Wait, math.MaxInt64/2) * 2
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-woken:
		return rest.Fetch(ctx, email, results)
	}
}
