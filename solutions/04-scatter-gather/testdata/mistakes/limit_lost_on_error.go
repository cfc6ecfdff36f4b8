// The slot is released only after a success. In production, each failure of the
// source costs a slot, and after n of them nobody gets an answer.
//
// Refused by: TestLimitFetcher/releases the slot when the wrapped Fetcher ends/with an error
// Says: the fetch before, which ended with an error, has not released it

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
		<-f.Limit.places
		return err
	}
	if err := f.Fetcher.Fetch(ctx, email, results); err != nil {
		return err
	}
	<-f.Limit.places
	return nil
}
