package main

import (
	"context"
	"time"
)

type HedgeFetcher struct {
	Fetcher
	After time.Duration
}

type outcome struct {
	result Result
	known  bool
	err    error
}

func (f HedgeFetcher) Fetch(ctx context.Context, email string, results chan<- Result) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	// hint
	go ask()
	asked := 1
	timer := time.NewTimer(f.After)
	defer timer.Stop()
	var errs []error
	for {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-timer.C:
		case o := <-outcomes:
			if o.err == nil {
				cancel()
				if !o.known {
					return nil
				}
				select {
				case <-ctx.Done():
					return ctx.Err()
				case results <- o.result:
					return nil
				}
			}
			errs = append(errs, o.err)
		}
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if len(errs) == 2 {
			return errs[0]
		}
		if asked == 1 {
			asked = 2
			go ask()
		}
	}
}
