// A timer that calls a function, a loop over the map, and debug lines.

package main

import (
	"context"
	"fmt"
	"os"
	"time"
)

type PartnerFetcher struct {
	Points  map[string]int
	Latency time.Duration
}

func (f PartnerFetcher) Fetch(ctx context.Context, email string, results chan<- Result) error {
	fmt.Fprintln(os.Stderr, "partner: start")
	ready := make(chan bool, 1)
	timer := time.AfterFunc(f.Latency, func() { ready <- true })
	defer timer.Stop()
	select {
	case <-ready:
		fmt.Fprintln(os.Stderr, "partner: ready")
	case <-ctx.Done():
		return ctx.Err()
	}
	for key, value := range f.Points {
		if key == email {
			var result Result
			result.Key = "loyalty_points"
			result.Value = value
			select {
			case results <- result:
				return nil
			case <-ctx.Done():
				return ctx.Err()
			}
		}
	}
	return nil
}
