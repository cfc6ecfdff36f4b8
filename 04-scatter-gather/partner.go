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
	// TODO: wait as Sleep does in 03-withcontext, then send the points.
	// Test:  go test -run TestPartnerFetcher ./04-scatter-gather
	// Hints: WORKSHOP.md#partnerfetcher
	return nil
}
