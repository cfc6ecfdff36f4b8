// A select takes the end of the context or a place, and where both are there,
// either. In production one in two requests that were given up goes to the
// source all the same.
//
// Refused by: TestLimitFetcher/asks nothing when its context is already done, and takes no place
// Says: because its context was already done: look at ctx.Err() when there is a place

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
	return f.Fetcher.Fetch(ctx, email, results)
}
