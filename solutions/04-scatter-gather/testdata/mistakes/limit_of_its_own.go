// Each fetch makes its own channel, with the number of slots as its buffer. In
// production, there is no limit at all, and the source breaks down under the
// load.
//
// Refused by: TestLimitFetcher/runs as many fetches at a time as there are slots
// Says: LimitFetcher.Fetch ran at most 8 fetches at a time; want 3

package main

import (
	"context"
	"fmt"
)

type Limit struct {
	n int
}

func NewLimit(n int) (*Limit, error) {
	if n < 1 {
		return nil, fmt.Errorf("limit %d, want at least 1", n)
	}
	return &Limit{n: n}, nil
}

type LimitFetcher struct {
	Fetcher
	Limit *Limit
}

func (f LimitFetcher) Fetch(ctx context.Context, email string, results chan<- Result) error {
	places := make(chan struct{}, f.Limit.n)
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
