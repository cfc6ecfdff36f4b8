// The points are sent without a look at the context. In production, the group
// waits forever if nobody receives.
//
// Refused by: TestPartnerFetcher/doesn't wait for a receiver once its context is done
// Says: is blocked sending on a channel: nobody receives

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
	timer := time.NewTimer(f.Latency)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-timer.C:
	}

	points, ok := f.Points[email]
	if !ok {
		return nil
	}
	results <- Result{"loyalty_points", points}
	return nil
}
