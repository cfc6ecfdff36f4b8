// It waits for a slot, whatever happens to its context. In production, a user
// who has left stays in the queue, and the queue grows.
//
// Refused by: TestLimitFetcher/returns the moment its context is done while it waits for a slot
// Says: want 2s, the moment at which its context was done

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
	f.Limit.places <- struct{}{}
	defer func() { <-f.Limit.places }()
	if err := ctx.Err(); err != nil {
		return err
	}
	return f.Fetcher.Fetch(ctx, email, results)
}
