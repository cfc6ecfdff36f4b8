// It passes the result on by a send of its own, which looks at no context. In
// production a caller that has left keeps a place for ever.
//
// Refused by: TestLimitFetcher/doesn't wait for a receiver once its context is done
// Says: deadlock: every goroutine waits, and nothing can wake any of them

package main

import (
	"context"
	"fmt"
)

type Limit struct {
	places chan struct{} // holds a value for each fetch that runs
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
		return err // both cases were ready, and select took this one
	}
	inner := make(chan Result, 1)
	err := f.Fetcher.Fetch(ctx, email, inner)
	if len(inner) > 0 {
		results <- <-inner
	}
	return err
}
