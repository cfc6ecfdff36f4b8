// A place that was taken for nothing, because the context is done, is kept. In
// production a burst of cancellations stops the whole program.
//
// Refused by: TestLimitFetcher/asks nothing when its context is already done, and takes no place
// Says: the only place must be free, because a context that was done took none

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
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	defer func() { <-f.Limit.places }()
	return f.Fetcher.Fetch(ctx, email, results)
}
