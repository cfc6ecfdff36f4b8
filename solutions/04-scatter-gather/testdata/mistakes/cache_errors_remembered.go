// An error is remembered like an answer. In production, one short failure of
// the source lasts until somebody restarts the program.
//
// Refused by: TestCacheFetcher/asks again after an error
// Says: CacheFetcher.Fetch asked the wrapped Fetcher at the times [0s]; want [0s 1s]

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
		call := f.flight.DoChan(email, func() (any, error) { return f.ask(context.WithoutCancel(ctx), email) })
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

func (f *CacheFetcher) ask(ctx context.Context, email string) ([]Result, error) {
	if answer, ok := f.remembered(email); ok {
		return answer, nil
	}
	inner := make(chan Result, 1)
	err := f.Fetcher.Fetch(ctx, email, inner)
	close(inner)
	var answer []Result
	for result := range inner {
		answer = append(answer, result)
	}

	f.mu.Lock()
	defer f.mu.Unlock()
	if f.answers == nil {
		f.answers = make(map[string][]Result)
	}
	f.answers[email] = answer
	return answer, err
}

func (f *CacheFetcher) remembered(email string) ([]Result, bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	answer, ok := f.answers[email]
	return answer, ok
}
