// It looks at the context when it has slept. In production the error is right,
// and comes too late.
//
// Refused by: TestPartnerFetcher/stops the moment its context is done/canceled after 2s
// Says: PartnerFetcher.Fetch returned after 3s; want 2s, the moment at which its context was done

package main

import (
	"context"
	"time"
)

type PartnerFetcher struct {
	Points  map[string]int // by email
	Latency time.Duration  // stands for the call to the partner
}

func (f PartnerFetcher) Fetch(ctx context.Context, email string, results chan<- Result) error {
	time.Sleep(f.Latency)
	if ctx.Err() != nil {
		return ctx.Err()
	}

	points, ok := f.Points[email]
	if !ok {
		return nil
	}
	select {
	case <-ctx.Done():
		return ctx.Err()
	case results <- Result{"loyalty_points", points}:
		return nil
	}
}
