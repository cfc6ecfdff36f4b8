package main

import (
	"context"
	"sync"

	"golang.org/x/sync/singleflight"
)

type CacheFetcher struct {
	Fetcher
	flight  singleflight.Group
	mu      sync.Mutex
	answers map[string][]Result
}

func (f *CacheFetcher) Fetch(ctx context.Context, email string, results chan<- Result) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	answer, ok := f.remembered(email)
	if !ok {
		// hint
		select {
		case <-ctx.Done():
			return ctx.Err()
		case outcome := <-call:
			if outcome.Err != nil {
				return outcome.Err
			}
			answer = outcome.Val.([]Result)
		}
	}
	for _, result := range answer {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case results <- result:
		}
	}
	return nil
}

func (f *CacheFetcher) remembered(email string) ([]Result, bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	answer, ok := f.answers[email]
	return answer, ok
}

func (f *CacheFetcher) remember(email string, answer []Result) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.answers == nil {
		f.answers = make(map[string][]Result)
	}
	f.answers[email] = answer
}
