// A mailbox under a mutex and a Cond, which context.AfterFunc wakes, as in the
// documentation of that function.

package main

import (
	"context"
	"log"
	"sync"
)

type Result struct {
	Key   string
	Value any
}

type Fetcher interface {
	Fetch(ctx context.Context, email string, results chan<- Result) error
}

type CancellationFetcher struct {
	Fetcher
	FailFast bool
	OnError  func(error)
}

type box struct {
	mu     sync.Mutex
	change *sync.Cond
	ended  bool
	err    error
	got    []Result
}

func (f CancellationFetcher) Fetch(ctx context.Context, email string, results chan<- Result) error {
	b := new(box)
	b.change = sync.NewCond(&b.mu)
	inner := make(chan Result)
	go func() { // the only one that writes to the box
		over := make(chan error, 1)
		go func() { over <- f.Fetcher.Fetch(ctx, email, inner) }()
		for !b.ended {
			select {
			case r := <-inner:
				b.mu.Lock()
				b.got = append(b.got, r)
			case err := <-over:
				b.mu.Lock()
				b.ended, b.err = true, err
			}
			b.change.Broadcast()
			b.mu.Unlock()
		}
	}()
	b.mu.Lock()
	stop := context.AfterFunc(ctx, func() {
		b.mu.Lock()
		defer b.mu.Unlock()
		b.change.Broadcast()
	})
	defer stop()
	for ctx.Err() == nil && len(b.got) == 0 && !b.ended {
		b.change.Wait()
	}
	got, err := b.got, b.err
	b.mu.Unlock()
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case len(got) > 0:
		select {
		case results <- got[0]:
			return nil
		case <-ctx.Done():
			return ctx.Err()
		}
	case err == nil:
		return nil
	case f.FailFast:
		return err
	case f.OnError != nil:
		f.OnError(err)
	default:
		log.Print(err)
	}
	return nil
}
