// The place is given back by the wrapped Fetcher's end alone, and kept where the
// context was done first. In production each late look costs a place, until none
// is left.
//
// Refused by: TestLimitFetcher/asks nothing once its context is done, however late it looks
// Says: the only place must be free, because the fetch before, whose context was done, keeps none

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
	if err := ctx.Err(); err != nil {
		return err
	}
	select {
	case <-ctx.Done():
		return ctx.Err()
	case f.Limit.places <- struct{}{}:
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	defer func() { <-f.Limit.places }()
	return f.Fetcher.Fetch(ctx, email, results)
}
