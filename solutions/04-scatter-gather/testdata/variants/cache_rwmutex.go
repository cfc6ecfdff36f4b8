// An RWMutex; send after unlocking; %w around the errors.

package main

import (
	"context"
	"fmt"
	"sync"

	"golang.org/x/sync/singleflight"
)

// A CacheFetcher is a Fetcher that remembers the answers of the Fetcher that it
// wraps, and never forgets one. It is ready to use once Fetcher is set. Any
// number of goroutines may use it. It must not be copied.
type CacheFetcher struct {
	Fetcher

	flight  singleflight.Group // the calls of the wrapped Fetcher, by email
	mu      sync.RWMutex       // guards answers
	answers map[string][]Result
}

// Fetch sends the answer about email if it remembers one. Otherwise it asks the
// wrapped Fetcher, once for all callers that wait for the same email, and each
// of them gets the answer. Callers with different emails don't wait for each
// other.
//
// "The source knows nothing" is an answer too, and is remembered. An error is
// not remembered: all callers that wait get it, and the next caller asks again.
//
// When ctx is done, Fetch returns ctx.Err() at once and sends nothing. If it has
// not asked by then, it doesn't ask. The call of the wrapped Fetcher continues
// for the other callers: its context has the values of the ctx that it started
// with, and is never done. Its answer is remembered even if all callers have
// left. Its goroutine finishes when the wrapped Fetcher returns.
//
// Once ctx is done, Fetch never blocks on results. Once Fetch has returned,
// nothing more is sent on results. A caller that waits for a receiver delays no
// other caller.
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

// ask asks the wrapped Fetcher about email, and remembers its answer.
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

// remembered returns the remembered answer about email, and whether there is one.
func (f *CacheFetcher) remembered(email string) ([]Result, bool) {
	f.mu.RLock()
	defer f.mu.RUnlock()
	answer, ok := f.answers[email]
	return answer, ok
}
