// The place is given back without defer. In production the server recovers
// from a panic in a handler, and the place is lost for good.
//
// Refused by: TestLimitFetcher/gives the place back when the wrapped Fetcher ends/with a panic
// Says: LimitFetcher.Fetch got no place within 2s; want the only one at once: the fetch before, which ended with a panic, has not given it back

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
	err := ctx.Err()
	if err == nil {
		err = f.Fetcher.Fetch(ctx, email, results)
	}
	<-f.Limit.places
	return err
}
