// The wrapped fetcher sends on the group's channel itself. A stubborn one does
// so after the channel was closed, and the program panics. In production, that
// takes down all requests in flight.
//
// Refused by: TestCancellationFetcher/leaves a stubborn fetcher behind, whose goroutine ends with it/it sends a result too late
// Says: [{points 20}] was sent on results after CancellationFetcher.Fetch had returned; want nothing, because the channel may be closed by then

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
	done := make(chan error, 1)
	go func() { done <- f.Fetcher.Fetch(ctx, email, results) }()
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
