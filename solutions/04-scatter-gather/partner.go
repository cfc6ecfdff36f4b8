package main

import (
	"context"
	"time"
)

// A PartnerFetcher asks a partner for the loyalty points behind an email. Any
// number of goroutines may use it.
type PartnerFetcher struct {
	Points  map[string]int // by email
	Latency time.Duration  // stands for the call to the partner
}

// Fetch waits for Latency and then sends {"loyalty_points", points}. If it
// doesn't know email, it sends nothing and returns nil.
//
// The moment ctx is done, Fetch returns ctx.Err() and sends nothing, even while
// it is blocked on results. If ctx is already done, Fetch sends nothing, even if
// Latency is zero.
func (f PartnerFetcher) Fetch(ctx context.Context, email string, results chan<- Result) error {
	timer := time.NewTimer(f.Latency)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-timer.C:
		if err := ctx.Err(); err != nil { // both were ready
			return err
		}
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
