// A sync.Map with an entry for each email. A closed channel says that the entry's
// goroutine has answered. After an error it removes the entry.

package main

import (
	"context"
	"sync"
)

type CacheFetcher struct {
	Fetcher
	entries sync.Map
}

type cacheEntry struct {
	once   sync.Once
	done   chan struct{}
	result Result
	found  bool
	err    error
}

func (f *CacheFetcher) Fetch(ctx context.Context, email string, results chan<- Result) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	v, _ := f.entries.LoadOrStore(email, &cacheEntry{done: make(chan struct{})})
	e := v.(*cacheEntry)
	e.once.Do(func() {
		go func() {
			defer close(e.done)
			inner := make(chan Result, 1)
			if e.err = f.Fetcher.Fetch(context.WithoutCancel(ctx), email, inner); e.err != nil {
				f.entries.CompareAndDelete(email, e)
				return
			}
			select {
			case e.result = <-inner:
				e.found = true
			default:
			}
		}()
	})
	select {
	case <-e.done:
	case <-ctx.Done():
		return ctx.Err()
	}
	if e.err != nil || !e.found {
		return e.err
	}
	select {
	case results <- e.result:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
