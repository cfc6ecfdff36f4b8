// The error doesn't show the number. In production the log says that some
// limit is wrong, and a look at the source is needed to learn which one.
//
// Refused by: TestLimitFetcher/takes a limit of 1 or more
// Says: want one that shows the -3

package main

import (
	"context"
	"errors"
)

type Limit struct {
	places chan struct{}
}

func NewLimit(n int) (*Limit, error) {
	if n < 1 {
		return nil, errors.New("the limit must be at least 1")
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
		return err
	}
	return f.Fetcher.Fetch(ctx, email, results)
}
