// A counter under a mutex; a channel that is closed wakes all who wait, and each looks again.

package main

import (
	"context"
	"fmt"
	"sync"
)

type Limit struct {
	mu    sync.Mutex
	n     int
	used  int
	freed chan struct{}
}

func NewLimit(n int) (*Limit, error) {
	if n < 1 {
		return nil, fmt.Errorf("limit %d is below 1", n)
	}
	return &Limit{n: n, freed: make(chan struct{})}, nil
}

type LimitFetcher struct {
	Fetcher
	Limit *Limit
}

func (f *LimitFetcher) Fetch(ctx context.Context, email string, results chan<- Result) error {
	l := f.Limit
	for {
		l.mu.Lock()
		if err := ctx.Err(); err != nil {
			l.mu.Unlock()
			return err
		}
		if l.used < l.n {
			l.used++
			l.mu.Unlock()
			break
		}
		freed := l.freed
		l.mu.Unlock()
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-freed:
		}
	}
	defer func() {
		l.mu.Lock()
		l.used--
		close(l.freed)
		l.freed = make(chan struct{})
		l.mu.Unlock()
	}()
	if err := ctx.Err(); err != nil {
		return err
	}
	return f.Fetcher.Fetch(ctx, email, results)
}
