// A Cond, woken by context.AfterFunc, as in the documentation of package context.

package main

import (
	"context"
	"fmt"
	"sync"
)

type Limit struct {
	mu   sync.Mutex
	cond *sync.Cond
	free int
}

func NewLimit(n int) (*Limit, error) {
	if n < 1 {
		return nil, fmt.Errorf("limit %d is below 1", n)
	}
	l := &Limit{free: n}
	l.cond = sync.NewCond(&l.mu)
	return l, nil
}

type LimitFetcher struct {
	Fetcher
	Limit *Limit
}

func (l *Limit) acquire(ctx context.Context) error {
	stop := context.AfterFunc(ctx, func() {
		l.mu.Lock()
		defer l.mu.Unlock()
		l.cond.Broadcast()
	})
	defer stop()
	l.mu.Lock()
	defer l.mu.Unlock()
	for l.free == 0 {
		if err := ctx.Err(); err != nil {
			return err
		}
		l.cond.Wait()
	}
	if err := ctx.Err(); err != nil {
		l.cond.Signal() // it may have been meant for another one
		return err
	}
	l.free--
	return nil
}

func (f LimitFetcher) Fetch(ctx context.Context, email string, results chan<- Result) error {
	if err := f.Limit.acquire(ctx); err != nil {
		return err
	}
	defer func() {
		f.Limit.mu.Lock()
		defer f.Limit.mu.Unlock()
		f.Limit.free++
		f.Limit.cond.Signal()
	}()
	return f.Fetcher.Fetch(ctx, email, results)
}
