// There is one limit for the whole program, the one that was made last. In
// production a slow source takes the places of all others.
//
// Refused by: TestLimitFetcher/keeps two limits apart
// Says: LimitFetcher.Fetch returned after 5s; want 3s, the time of the slower fetch, because each has a limit of its own

package main

import (
	"context"
	"fmt"
)

type Limit struct{}

var places chan struct{}

func NewLimit(n int) (*Limit, error) {
	if n < 1 {
		return nil, fmt.Errorf("limit %d, want at least 1", n)
	}
	places = make(chan struct{}, n)
	return &Limit{}, nil
}

type LimitFetcher struct {
	Fetcher
	Limit *Limit
}

func (f LimitFetcher) Fetch(ctx context.Context, email string, results chan<- Result) error {
	places := places
	select {
	case <-ctx.Done():
		return ctx.Err()
	case places <- struct{}{}:
		defer func() { <-places }()
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	return f.Fetcher.Fetch(ctx, email, results)
}
