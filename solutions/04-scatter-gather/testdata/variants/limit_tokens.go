// The channel holds the free slots, not the running fetches: a fetch receives
// one, and sends it back.

package main

import (
	"context"
	"fmt"
)

type Limit struct{ free chan int }

func NewLimit(n int) (*Limit, error) {
	if n < 1 {
		return nil, fmt.Errorf("a limit must be 1 or more, not %d", n)
	}
	free := make(chan int, n)
	for place := range n {
		free <- place
	}
	return &Limit{free}, nil
}

type LimitFetcher struct {
	Fetcher
	Limit *Limit
}

func (f LimitFetcher) Fetch(ctx context.Context, email string, results chan<- Result) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	select {
	case <-ctx.Done():
		return ctx.Err()
	case place := <-f.Limit.free:
		defer func() { f.Limit.free <- place }()
		select {
		case <-ctx.Done():
			return ctx.Err()
		default:
			return f.Fetcher.Fetch(ctx, email, results)
		}
	}
}
