// time.After instead of a timer. Since Go 1.23, the garbage collector frees a
// timer that nobody uses, so there is nothing to stop. The first try comes
// before the loop.

package main

import (
	"context"
	"math/rand/v2"
	"time"
)

type RetryFetcher struct {
	Fetcher
	Tries  int
	Wait   time.Duration
	Jitter func(time.Duration) time.Duration
}

func (f RetryFetcher) Fetch(ctx context.Context, email string, results chan<- Result) error {
	err := f.try(ctx, email, results)
	for i := 1; i < f.Tries && err != nil && ctx.Err() == nil; i++ {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(f.wait(i)):
		}
		err = f.try(ctx, email, results)
	}
	return err
}

func (f RetryFetcher) try(ctx context.Context, email string, results chan<- Result) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	err := f.Fetcher.Fetch(ctx, email, results)
	if err != nil && ctx.Err() != nil {
		return ctx.Err()
	}
	return err
}

// wait returns how long to wait after try number n.
func (f RetryFetcher) wait(n int) time.Duration {
	d := f.Wait
	for range n - 1 {
		if d+d < d {
			break
		}
		d += d
	}
	if f.Jitter != nil {
		return f.Jitter(d)
	}
	if d <= 0 {
		return 0
	}
	return d - time.Duration(rand.Int64N(int64(d/2)+1))
}
