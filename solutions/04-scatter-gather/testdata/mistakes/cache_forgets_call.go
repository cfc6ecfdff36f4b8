// Who leaves makes the flight forget the call, so that the next caller asks again.
// In production impatient users bring a slow source down.
//
// Refused by: TestCacheFetcher/asks once also for a caller that comes after another one has left
// Says: CacheFetcher.Fetch asked the wrapped Fetcher

package main

import (
	"context"
	"sync"

	"golang.org/x/sync/singleflight"
)

type CacheFetcher struct {
	Fetcher

	flight  singleflight.Group // the calls of the wrapped Fetcher, by email
	mu      sync.Mutex         // guards answers
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
			f.flight.Forget(email)
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
	if err := f.Fetcher.Fetch(ctx, email, inner); err != nil {
		return nil, err
	}
	close(inner)
	var answer []Result // stays empty where the source knows nothing
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
