// After the end of the context an error is returned, also where the result was
// sent. In production a result arrives, and the request is counted as failed.
//
// Refused by: TestLimitFetcher/keeps the place until a stubborn wrapped Fetcher ends
// Says: want nil, which the wrapped Fetcher returned once it had sent its result

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
	select {
	case <-ctx.Done():
		return ctx.Err()
	case f.Limit.places <- struct{}{}:
		defer func() { <-f.Limit.places }()
	}
	if err := ctx.Err(); err != nil {
		return err // both cases were ready, and select took this one
	}
	err := f.Fetcher.Fetch(ctx, email, results)
	if ctx.Err() != nil {
		return ctx.Err()
	}
	return err
}
