package main

import (
	"context"
	"time"
)

type HedgeFetcher struct {
	Fetcher
	After time.Duration
}

func (f HedgeFetcher) Fetch(ctx context.Context, email string, results chan<- Result) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	// hint
	pass := func(result Result) error {
		cancel()
		select {
		case <-ctx.Done():
			return ctx.Err()
		case results <- result:
			return nil
		}
	}
	go ask()
	timer := time.NewTimer(f.After)
	defer timer.Stop()
	var first error
	for {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case result := <-answers:
			return pass(result)
		case <-timer.C:
			if ctx.Err() == nil {
				go ask()
			}
		case err := <-returned:
			if ctx.Err() != nil {
				return ctx.Err()
			}
			if err == nil {
				if len(answers) > 0 {
					return pass(<-answers)
				}
				return nil
			}
			if first != nil {
				return first
			}
			first = err
			if timer.Stop() {
				go ask()
			}
		}
	}
}
