// A sync.Map for the answers, and singleflight with Do in a goroutine. Only the
// flight looks into the map, so each caller makes one.

package main

import (
	"context"
	"sync"

	"golang.org/x/sync/singleflight"
)

type CacheFetcher struct {
	Fetcher
	flight  singleflight.Group
	answers sync.Map // []Result by email
}

func (f *CacheFetcher) Fetch(ctx context.Context, email string, results chan<- Result) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	type outcome struct {
		answer any
		err    error
	}
	done := make(chan outcome, 1)
	go func() {
		answer, err, _ := f.flight.Do(email, func() (any, error) { return f.answer(context.WithoutCancel(ctx), email) })
		done <- outcome{answer, err}
	}()
	var o outcome
	select {
	case <-ctx.Done():
		return ctx.Err()
	case o = <-done:
	}
	if o.err != nil {
		return o.err
	}
	for _, result := range o.answer.([]Result) {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case results <- result:
		}
	}
	return nil
}

func (f *CacheFetcher) answer(ctx context.Context, email string) (any, error) {
	if answer, ok := f.answers.Load(email); ok {
		return answer, nil
	}
	inner := make(chan Result, 1)
	if err := f.Fetcher.Fetch(ctx, email, inner); err != nil {
		return nil, err
	}
	answer := make([]Result, 0, 1)
	if len(inner) > 0 {
		answer = append(answer, <-inner)
	}
	f.answers.Store(email, answer)
	return answer, nil
}
