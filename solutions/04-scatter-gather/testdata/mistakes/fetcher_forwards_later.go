// A second goroutine forwards the result, and Fetch doesn't wait for it. The
// result arrives after Fetch has returned, when the channel may be closed. In
// production it panics under load.
//
// Refused by: TestCancellationFetcher/waits for a receiver while its context lives
// Says: CancellationFetcher.Fetch returned after 3s; want 5s, the moment at which somebody received

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
	go func() {
		select {
		case result := <-inner:
			results <- result
		case <-ctx.Done():
		}
	}()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case err := <-done:
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
