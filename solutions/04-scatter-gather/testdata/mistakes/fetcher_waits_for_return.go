// It looks for a result when the wrapped fetcher has returned, and not when it has
// sent. In production a source that puts things in order after its answer makes
// every request late, or loses the answer to a timeout.
//
// Refused by: TestCancellationFetcher/passes the result on at once, and doesn't wait until the wrapped fetcher returns
// Says: CancellationFetcher.Fetch returned after 1m1s; want 1s, the moment at which the wrapped fetcher sent its result

package main

import (
	"context"
	"log"
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

func (f CancellationFetcher) Fetch(ctx context.Context, email string, results chan<- Result) error {
	inner := make(chan Result, 1)
	done := make(chan struct{})
	var err error
	go func() {
		defer close(done)
		err = f.Fetcher.Fetch(ctx, email, inner)
	}()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-done:
	}
	select {
	case result := <-inner:
		select {
		case <-ctx.Done():
			return ctx.Err()
		case results <- result:
			return nil
		}
	default:
		switch {
		case ctx.Err() != nil:
			return ctx.Err()
		case err == nil || f.FailFast:
			return err
		case f.OnError != nil:
			f.OnError(err)
		default:
			log.Print(err)
		}
		return nil
	}
}
