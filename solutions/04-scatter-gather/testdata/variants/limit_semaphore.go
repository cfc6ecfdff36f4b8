// A semaphore of golang.org/x/sync instead of a channel. Acquire checks the
// context before it looks for a slot, and may still take one that becomes free
// later.

package main

import (
	"context"
	"fmt"

	"golang.org/x/sync/semaphore"
)

type Limit struct{ places *semaphore.Weighted }

func NewLimit(n int) (*Limit, error) {
	if n <= 0 {
		return nil, fmt.Errorf("there can't be %d places", n)
	}
	return &Limit{semaphore.NewWeighted(int64(n))}, nil
}

type LimitFetcher struct {
	Fetcher
	Limit *Limit
}

func (f *LimitFetcher) Fetch(ctx context.Context, email string, results chan<- Result) error {
	if err := f.Limit.places.Acquire(ctx, 1); err != nil {
		return err
	}
	defer f.Limit.places.Release(1)
	if ctx.Err() != nil {
		return ctx.Err()
	}
	return f.Fetcher.Fetch(ctx, email, results)
}
