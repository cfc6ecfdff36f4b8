// Each caller that finds nothing in memory asks. In production a thousand
// users who come at once, after a restart, ask a thousand times.
//
// Refused by: TestCacheFetcher/asks once for all callers that wait, and gives each of them the result
// Says: CacheFetcher.Fetch asked the wrapped Fetcher 2 times, the last time after 100ms; want 1 at most

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
		var err error
		if answer, err = f.ask(ctx, email); err != nil {
			return err
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
