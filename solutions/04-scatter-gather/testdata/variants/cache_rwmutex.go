// An RWMutex; send after unlocking; %w around the errors.

package main

import (
	"context"
	"fmt"
	"sync"

	"golang.org/x/sync/singleflight"
)

type CacheFetcher struct {
	Fetcher

	flight  singleflight.Group // the calls of the wrapped Fetcher, by email
	mu      sync.RWMutex       // guards answers
	answers map[string][]Result
}

func (f *CacheFetcher) Fetch(ctx context.Context, email string, results chan<- Result) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	answer, ok := f.remembered(email)
	if !ok {
		call := f.flight.DoChan(email, func() (any, error) { return f.ask(context.WithoutCancel(ctx), email) })
		select {
		case <-ctx.Done():
			return ctx.Err()
		case outcome := <-call:
			if outcome.Err != nil {
				return fmt.Errorf("cache: %w", outcome.Err)
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

func (f *CacheFetcher) ask(ctx context.Context, email string) ([]Result, error) {
	// Another call may have finished after the caller looked and before this
	// call began.
	if answer, ok := f.remembered(email); ok {
		return answer, nil
	}
	inner := make(chan Result, 1)
	if err := f.Fetcher.Fetch(ctx, email, inner); err != nil {
		return nil, err
	}
	close(inner)
	var answer []Result // stays empty if the source knows nothing
	for result := range inner {
		answer = append(answer, result)
	}

	f.mu.Lock()
	defer f.mu.Unlock()
	if f.answers == nil {
		f.answers = make(map[string][]Result)
	}
	f.answers[email] = answer
	return answer, nil
}

func (f *CacheFetcher) remembered(email string) ([]Result, bool) {
	f.mu.RLock()
	defer f.mu.RUnlock()
	answer, ok := f.answers[email]
	return answer, ok
}
