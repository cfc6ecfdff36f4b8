// A recover keeps the panic of the wrapped Fetcher from the caller, who gets nil. In
// production a fault in the code looks like a source that knows nothing.
//
// Refused by: TestLimitFetcher/gives the place back when the wrapped Fetcher ends/with a panic
// Says: LimitFetcher.Fetch ended with the panic <nil>

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
		defer func() {
			recover()
			<-f.Limit.places
		}()
	}
	if err := ctx.Err(); err != nil {
		return err // both cases were ready, and select took this one
	}
	return f.Fetcher.Fetch(ctx, email, results)
}
