// When its context is done it returns nil. In production a timeout looks like
// an unknown email.
//
// Refused by: TestPartnerFetcher/stops the moment its context is done/canceled after 2s
// Says: PartnerFetcher.Fetch returned nil; want an error that matches "context canceled"

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
		return nil
	case <-timer.C:
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
