// A goroutine waits for the answer, and sends it, also when the caller has
// left. In production it meets a channel that is closed by then, and the
// program ends.
//
// Refused by: TestCacheFetcher/remembers the answer also when all callers have left, and sends it to none of them
// Says: was sent on results after CacheFetcher.Fetch had returned

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
	done := make(chan error, 1)
	go func() { done <- f.fetch(ctx, email, results) }()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case err := <-done:
		return err
	}
}

func (f *CacheFetcher) fetch(ctx context.Context, email string, results chan<- Result) error {
	answer, ok := f.remembered(email)
	if !ok {
		shared, err, _ := f.flight.Do(email, func() (any, error) { return f.ask(context.WithoutCancel(ctx), email) })
		if err != nil {
			return err
		}
		answer = shared.([]Result)
	}

	for _, result := range answer {
		results <- result
	}
	return nil
}

func (f *CacheFetcher) ask(ctx context.Context, email string) ([]Result, error) {
	if answer, ok := f.remembered(email); ok {
		return answer, nil
	}
	inner := make(chan Result, 1)
	if err := f.Fetcher.Fetch(ctx, email, inner); err != nil {
		return nil, err
	}
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
	return answer, nil
}

func (f *CacheFetcher) remembered(email string) ([]Result, bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	answer, ok := f.answers[email]
	return answer, ok
}
