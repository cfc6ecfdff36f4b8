// Zero points count as an unknown email. In production, a new customer doesn't
// see that there are points to collect.
//
// Refused by: TestPartnerFetcher/sends zero points, and nothing for an unknown email
// Says: PartnerFetcher.Fetch gave the results []; want [{loyalty_points 0}]

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

	points := f.Points[email]
	if points == 0 {
		return nil
	}
	select {
	case <-ctx.Done():
		return ctx.Err()
	case results <- Result{"loyalty_points", points}:
		return nil
	}
}
