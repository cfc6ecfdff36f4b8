// The channel for the result is unbuffered. A fetcher that answers after the
// end of the context blocks forever. In production, a slow partner fills the
// memory.
//
// Refused by: TestCancellationFetcher/leaves a stubborn fetcher behind, whose goroutine ends with it/it sends a result too late
// Says: is blocked sending on a channel: nobody receives

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
	inner := make(chan Result)
	errs := make(chan error, 1)
	go func() { errs <- f.Fetcher.Fetch(ctx, email, inner) }()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case result := <-inner:
		select {
		case <-ctx.Done():
			return ctx.Err()
		case results <- result:
			return nil
		}
	case err := <-errs:
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
