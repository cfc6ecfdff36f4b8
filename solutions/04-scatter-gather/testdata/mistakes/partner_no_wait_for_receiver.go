// When nobody receives at the very moment, the send is given up, and the end of
// the context waited for. In production a result is lost whenever the receiver is
// busy.
//
// Refused by: TestPartnerFetcher/waits for a receiver while its context lives
// Says: deadlock: every goroutine waits, and nothing can wake any of them

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
	select {
	case results <- Result{"loyalty_points", points}:
		return nil
	default:
		<-ctx.Done()
		return ctx.Err()
	}
}
