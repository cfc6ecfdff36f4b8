// An unknown email gets zero points. In production people who have never been
// customers are asked to use them.
//
// Refused by: TestPartnerFetcher/sends zero points, and nothing for an unknown email
// Says: PartnerFetcher.Fetch for an unknown email gave the results [{loyalty_points 0}]; want []

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
	select {
	case <-ctx.Done():
		return ctx.Err()
	case results <- Result{"loyalty_points", points}:
		return nil
	}
}
