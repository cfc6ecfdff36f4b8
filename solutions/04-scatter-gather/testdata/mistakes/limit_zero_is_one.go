// A limit below 1 is taken for 1, without a word. In production a config file
// without the number makes a program that is slow, and no log says why.
//
// Refused by: TestLimitFetcher/takes a limit of 1 or more
// Says: NewLimit(0) returned the error <nil>; want one that shows the 0

package main

import "context"

type Limit struct {
	places chan struct{}
}

func NewLimit(n int) (*Limit, error) {
	n = max(n, 1)
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
	return f.Fetcher.Fetch(ctx, email, results)
}
