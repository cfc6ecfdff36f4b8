// The errors are wrapped with %w, so that errors.Is finds them.

package main

import (
	"context"
	"fmt"
)

type Limit struct{ c chan struct{} }

func NewLimit(n int) (*Limit, error) {
	if n < 1 {
		return nil, fmt.Errorf("limit %d is below 1", n)
	}
	return &Limit{make(chan struct{}, n)}, nil
}

type LimitFetcher struct {
	Fetcher
	Limit *Limit
}

func (f LimitFetcher) Fetch(ctx context.Context, email string, results chan<- Result) error {
	select {
	case f.Limit.c <- struct{}{}:
	case <-ctx.Done():
		return fmt.Errorf("waiting for a slot: %w", ctx.Err())
	}
	defer func() { <-f.Limit.c }()
	if err := ctx.Err(); err != nil {
		return fmt.Errorf("waiting for a slot: %w", err)
	}
	return f.Fetcher.Fetch(ctx, email, results)
}
