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

func (f RetryFetcher) Fetch(ctx context.Context, email string, results chan<- Result) error {
	// hint
}

func (f RetryFetcher) jitter(wait time.Duration) time.Duration {
	if f.Jitter != nil {
		return f.Jitter(wait)
	}
	half := wait / 2
	return half + rand.N(wait-half+1)
}
