// It closes the channel when it has sent, because it sends no more. But other
// fetchers send on the same channel: in production the next one ends the program.
//
// Refused by: TestPartnerFetcher/sends the points after its latency
// Says: PartnerFetcher.Fetch closed the channel results; want it open, because other fetchers send on it

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
	defer close(results)
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
