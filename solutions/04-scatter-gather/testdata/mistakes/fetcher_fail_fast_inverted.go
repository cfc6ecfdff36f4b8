// FailFast does the contrary of what it says. In production the widget that
// should have been optional stops the page.
//
// Refused by: TestCancellationFetcher/returns the error when it fails fast
// Says: CancellationFetcher.Fetch gave the error "early error" to OnError; want it returned, because FailFast is true

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
			case ctx.Err() != nil:
				return ctx.Err()
			case err == nil || !f.FailFast:
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
