// A context and a channel for each request. A closed channel says that its
// request has returned. A nil channel takes no part in the select.

package main

import (
	"context"
	"time"
)

type HedgeFetcher struct {
	Fetcher
	After time.Duration
}

// A request is one call of the wrapped Fetcher.
type request struct {
	inner  chan Result // closed when the call has returned
	err    error
	cancel context.CancelFunc
}

func (f *HedgeFetcher) ask(ctx context.Context, email string) *request {
	ctx, cancel := context.WithCancel(ctx)
	r := &request{inner: make(chan Result, 1), cancel: cancel}
	go func() {
		defer close(r.inner)
		r.err = f.Fetcher.Fetch(ctx, email, r.inner)
	}()
	return r
}

func (f *HedgeFetcher) Fetch(ctx context.Context, email string, results chan<- Result) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	first, second := f.ask(ctx, email), &request{cancel: func() {}}
	end := func() { first.cancel(); second.cancel() }
	defer func() { end() }()

	var failure error
	after := time.After(f.After)
	for {
		var r *request
		var result Result
		var ok bool
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-after:
		case result, ok = <-first.inner:
			r = first
		case result, ok = <-second.inner:
			r = second
		}
		if ok {
			end()
			select {
			case <-ctx.Done():
				return ctx.Err()
			case results <- result:
				return nil
			}
		}
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if r != nil {
			r.inner = nil
			if r.err == nil || failure != nil {
				if failure == nil || r.err == nil {
					return nil
				}
				return failure
			}
			failure = r.err
		}
		if after != nil {
			after = nil
			second = f.ask(ctx, email)
		}
	}
}
