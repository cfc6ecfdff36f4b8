// It returns the cause of the context's end in place of ctx.Err(). In production a
// caller that compares with context.Canceled takes a user who has left for a
// failure.
//
// Refused by: TestCancellationFetcher/returns the moment its context is done, and stops the wrapped fetcher/canceled with a cause after 2s
// Says: CancellationFetcher.Fetch returned the error "the user has closed the window"; want one that matches "context canceled"

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

	OnError func(error)
}

func (f CancellationFetcher) Fetch(ctx context.Context, email string, results chan<- Result) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	inner := make(chan Result, 1)
	var err error // written before the close, read after it
	go func() {
		defer close(inner)
		err = f.Fetcher.Fetch(ctx, email, inner)
	}()

	select {
	case <-ctx.Done():
		return context.Cause(ctx)
	case result, ok := <-inner:
		if !ok {
			return f.ended(ctx, err)
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case results <- result:
			return nil
		}
	}
}

func (f CancellationFetcher) ended(ctx context.Context, err error) error {
	switch {
	case ctx.Err() != nil:
		return ctx.Err() // the wrapped Fetcher noticed it first
	case err == nil || f.FailFast:
		return err
	case f.OnError != nil:
		f.OnError(err)
	default:
		log.Print(err)
	}
	return nil
}
