// Both channels have a buffer, so nothing leaks. But when the result and the
// nil error are both ready, the select picks one at random, and the result may
// be lost. In production, a name is missing once in a while, and no log says
// why.
//
// Refused by: TestCancellationFetcher/loses no result, however late it looks
// Says: lost the result, and returned nil
// Needs: two processors

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
