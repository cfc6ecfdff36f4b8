// The place is given back when the context is done, though a stubborn Fetcher goes
// on. In production the limit is broken just when the source is slow.
//
// Refused by: TestLimitFetcher/keeps the place until a stubborn wrapped Fetcher ends
// Says: LimitFetcher.Fetch ran at most 2 fetches at a time; want 1

package main

import (
	"context"
	"fmt"
	"sync"
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
		release := sync.OnceFunc(func() { <-f.Limit.places })
		defer release()
		defer context.AfterFunc(ctx, release)()
	}
	if err := ctx.Err(); err != nil {
		return err // both cases were ready, and select took this one
	}
	return f.Fetcher.Fetch(ctx, email, results)
}
