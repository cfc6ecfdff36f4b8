// An unknown email is an error. In production, with FailFast, a new user stops
// the whole page.
//
// Refused by: TestPartnerFetcher/sends zero points, and nothing for an unknown email
// Says: PartnerFetcher.Fetch returned the error "unknown email \"unknown@example.com\""; want nil

package main

import (
	"context"
	"fmt"
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
		return fmt.Errorf("unknown email %q", email)
	}
	select {
	case <-ctx.Done():
		return ctx.Err()
	case results <- Result{"loyalty_points", points}:
		return nil
	}
}
