// It looks at the context before it waits, and not when it has a place. In
// production a request that was given up while it waited goes to the source
// all the same.
//
// Refused by: TestLimitFetcher/asks nothing once its context is done, however late it looks
// Says: LimitFetcher.Fetch called the wrapped Fetcher after the end of its context

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
	if err := ctx.Err(); err != nil {
		return err
	}
	select {
	case <-ctx.Done():
		return ctx.Err()
	case f.Limit.places <- struct{}{}:
		defer func() { <-f.Limit.places }()
	}
	return f.Fetcher.Fetch(ctx, email, results)
}
