// The wrapped Fetcher gets a context of its own. In production a fetch that
// the user gave up keeps its place until the source answers.
//
// Refused by: TestLimitFetcher/returns the moment its context is done/canceled after 2s, while the wrapped Fetcher runs
// Says: LimitFetcher.Fetch returned after 1m0s; want 2s, the moment at which its context was done, and the wrapped Fetcher stopped

package main

import (
	"context"
	"fmt"
)

type Limit struct {
	places chan struct{}
}

func NewLimit(n int) (*Limit, error) {
	if n < 1 {
		return nil, fmt.Errorf("limit %d, want at least 1", n)
	}
	return &Limit{places: make(chan struct{}, n)}, nil
}

type LimitFetcher struct {
	Fetcher
	Limit *Limit
}

func (f LimitFetcher) Fetch(ctx context.Context, email string, results chan<- Result) error {
	select {
	case <-ctx.Done():
		return ctx.Err()
	case f.Limit.places <- struct{}{}:
		defer func() { <-f.Limit.places }()
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	return f.Fetcher.Fetch(context.WithoutCancel(ctx), email, results)
}
