// After the end of the context it still waits for the wrapped fetcher, so that
// nothing is left behind. In production a stubborn source holds up every page.
//
// Refused by: TestCancellationFetcher/leaves a stubborn fetcher behind, whose goroutine ends with it/it sends a result too late
// Says: CancellationFetcher.Fetch returned after 1m0s; want 2s, the moment at which its context was done, although the wrapped fetcher goes on: it waited for the fetch "points", which ran from 0s to 1m0s

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
	done := make(chan error, 1)
	go func() { done <- f.Fetcher.Fetch(ctx, email, inner) }()
	err := <-done
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
