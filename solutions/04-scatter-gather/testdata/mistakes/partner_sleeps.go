// It sleeps through the end of its context. In production, every timeout takes
// as long as the slowest partner.
//
// Refused by: TestPartnerFetcher/stops the moment its context is done
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
