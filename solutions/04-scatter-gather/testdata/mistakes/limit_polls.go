// It looks for a free place once in a while. In production a place stands idle
// between two looks, again and again.
//
// Refused by: TestLimitFetcher/runs as many fetches at a time as there are places, in all groups together
// Says: want the next fetch to start as soon as one ends

package main

import (
	"context"
	"fmt"
	"time"
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
	for taken := false; !taken; {
		select {
		case f.Limit.places <- struct{}{}:
			taken = true
		default:
			select {
			case <-ctx.Done():
				return ctx.Err()
			case <-time.After(700 * time.Millisecond):
			}
		}
	}
	defer func() { <-f.Limit.places }()
	if err := ctx.Err(); err != nil {
		return err
	}
	return f.Fetcher.Fetch(ctx, email, results)
}
