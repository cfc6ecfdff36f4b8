package main

import (
	"context"
	"time"
)

// A PartnerFetcher asks a partner for the loyalty points behind an email.
type PartnerFetcher struct {
	Points  map[string]int // by email
	Latency time.Duration  // stands for the call to the partner
}

// Fetch sends {"loyalty_points", points} after Latency, and nothing for an
// unknown email. It returns ctx.Err() the moment ctx is done, also while it
// waits for somebody to receive.
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
	select {
	case <-ctx.Done():
		return ctx.Err()
	case results <- Result{"loyalty_points", points}:
		return nil
	}
}
