// A loop over a schedule: an iterator that yields the wait before each try. The
// wait is a context with a timeout, and the result goes through a second
// channel.

package main

import (
	"context"
	"iter"
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

func (f RetryFetcher) Fetch(ctx context.Context, email string, results chan<- Result) (err error) {
	for wait := range f.schedule() {
		pause, cancel := context.WithTimeout(ctx, wait)
		<-pause.Done()
		cancel()
		if ctx.Err() != nil {
			return ctx.Err()
		}
		inner := make(chan Result, 1)
		if err = f.Fetcher.Fetch(ctx, email, inner); err == nil {
			return pass(ctx, inner, results)
		}
		if ctx.Err() != nil {
			return ctx.Err()
		}
	}
	return err
}

func (f RetryFetcher) schedule() iter.Seq[time.Duration] {
	return func(yield func(time.Duration) bool) {
		if !yield(0) {
			return
		}
		next := max(0, f.Wait)
		for range max(0, f.Tries-1) {
			wait := next
			if f.Jitter != nil {
				wait = f.Jitter(next)
			} else if next > 0 {
				wait = next/2 + time.Duration(rand.Float64()*float64(next/2))
			}
			if !yield(wait) {
				return
			}
			if next > math.MaxInt64/2 {
				next = math.MaxInt64
			} else {
				next *= 2
			}
		}
	}
}

// pass sends what is in the inner channel to results.
func pass(ctx context.Context, inner <-chan Result, results chan<- Result) error {
	select {
	case result := <-inner:
		select {
		case results <- result:
			return nil
		default:
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case results <- result:
		}
	default:
	}
	return nil
}
