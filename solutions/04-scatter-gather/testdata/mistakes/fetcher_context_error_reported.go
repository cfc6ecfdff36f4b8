// The wrapped fetcher notices the end of the context first, and its error goes
// to OnError: Fetch returns nil. In production a timeout is reported as a
// success, in some requests.
//
// Refused by: TestCancellationFetcher/returns the context's error, however late it looks
// Says: whoever notices it first

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
	var err error
	go func() {
		defer close(inner)
		err = f.Fetcher.Fetch(ctx, email, inner)
	}()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case result, ok := <-inner:
		if !ok {
			switch {
			case err == nil || f.FailFast:
				return err
			case f.OnError != nil:
				f.OnError(err)
			default:
				log.Print(err)
			}
			return nil
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case results <- result:
			return nil
		}
	}
}
