// A number under a mutex, and a queue of waiting fetches. A fetch that ends
// hands its slot to the first of them. One that has given up, but got a slot
// meanwhile, hands it on.

package main

import (
	"context"
	"fmt"
	"slices"
	"sync"
)

type Limit struct {
	mu    sync.Mutex
	free  int
	queue []chan struct{} // one is closed when its owner has a place
}

func NewLimit(n int) (*Limit, error) {
	if n < 1 {
		return nil, fmt.Errorf("limit %d is below 1", n)
	}
	return &Limit{free: n}, nil
}

func (l *Limit) enter(ctx context.Context) error {
	l.mu.Lock()
	if ctx.Err() != nil {
		l.mu.Unlock()
		return ctx.Err()
	}
	if l.free > 0 {
		l.free--
		l.mu.Unlock()
		return nil
	}
	turn := make(chan struct{})
	l.queue = append(l.queue, turn)
	l.mu.Unlock()

	select {
	case <-turn:
		return nil
	case <-ctx.Done():
	}
	l.mu.Lock()
	i := slices.Index(l.queue, turn)
	if i >= 0 {
		l.queue = slices.Delete(l.queue, i, i+1)
	}
	l.mu.Unlock()
	if i < 0 {
		l.leave()
	}
	return ctx.Err()
}

func (l *Limit) leave() {
	l.mu.Lock()
	defer l.mu.Unlock()
	if len(l.queue) == 0 {
		l.free++
		return
	}
	close(l.queue[0])
	l.queue = l.queue[1:]
}

type LimitFetcher struct {
	Fetcher
	Limit *Limit
}

func (f LimitFetcher) Fetch(ctx context.Context, email string, results chan<- Result) error {
	if err := f.Limit.enter(ctx); err != nil {
		return err
	}
	defer f.Limit.leave()
	if ctx.Err() != nil {
		return ctx.Err()
	}
	return f.Fetcher.Fetch(ctx, email, results)
}
