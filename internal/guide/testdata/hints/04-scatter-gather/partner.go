package main

import (
	"context"
	"time"
)

type PartnerFetcher struct {
	Points  map[string]int
	Latency time.Duration
}

func (f PartnerFetcher) Fetch(ctx context.Context, email string, results chan<- Result) error {
	if err := sleep(ctx, f.Latency); err != nil {
		return err
	}
	points, ok := f.Points[email]
	// hint
}

func sleep(ctx context.Context, d time.Duration) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
