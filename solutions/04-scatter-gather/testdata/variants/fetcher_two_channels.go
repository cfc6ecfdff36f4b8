// Two buffered channels. If the error comes first, it checks again whether
// there is a result, so no result is lost.

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
	errs := make(chan error, 1)
	go func() { errs <- f.Fetcher.Fetch(ctx, email, inner) }()
	pass := func(result Result) error {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case results <- result:
			return nil
		}
	}
	select {
	case <-ctx.Done():
		return ctx.Err()
	case result := <-inner:
		return pass(result)
	case err := <-errs:
		select {
		case result := <-inner:
			return pass(result)
		default:
		}
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
