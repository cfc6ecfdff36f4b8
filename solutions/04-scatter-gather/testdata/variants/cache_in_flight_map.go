// Without singleflight. One map holds an entry for each email, answered or in
// flight, and a closed channel says that the answer has arrived.

package main

import (
	"context"
	"sync"
)

type CacheFetcher struct {
	Fetcher
	mu      sync.Mutex
	entries map[string]*entry
}

type entry struct {
	ready  chan struct{} // closed when what follows is written
	result *Result       // nil: the source knows nothing
	err    error
}

func (f *CacheFetcher) Fetch(ctx context.Context, email string, results chan<- Result) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	e := f.entry(ctx, email)
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-e.ready:
	}
	if e.err != nil || e.result == nil {
		return e.err
	}
	select {
	case <-ctx.Done():
		return ctx.Err()
	case results <- *e.result:
		return nil
	}
}

func (f *CacheFetcher) entry(ctx context.Context, email string) *entry {
	f.mu.Lock()
	defer f.mu.Unlock()
	if e, ok := f.entries[email]; ok {
		return e
	}
	if f.entries == nil {
		f.entries = make(map[string]*entry)
	}
	e := &entry{ready: make(chan struct{})}
	f.entries[email] = e
	go f.fill(context.WithoutCancel(ctx), email, e)
	return e
}

func (f *CacheFetcher) fill(ctx context.Context, email string, e *entry) {
	defer close(e.ready)
	inner := make(chan Result, 1)
	if e.err = f.Fetcher.Fetch(ctx, email, inner); e.err != nil {
		f.mu.Lock()
		defer f.mu.Unlock()
		delete(f.entries, email)
		return
	}
	select {
	case result := <-inner:
		e.result = &result
	default:
	}
}
