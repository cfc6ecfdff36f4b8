// With FailFast the wrapped fetcher is called without the goroutine. In production
// a stubborn source keeps the group from stopping, just where it was to stop fast.
//
// Refused by: TestCancellationFetcher/leaves a stubborn fetcher behind, whose goroutine ends with it/it sends a result too late, and FailFast is true
// Says: CancellationFetcher.Fetch returned after 1m0s; want 2s

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
	if f.FailFast {
		return f.Fetcher.Fetch(ctx, email, results)
	}
	inner := make(chan Result, 1)
	var err error // written before the close, read after it
	go func() {
		defer close(inner)
		err = f.Fetcher.Fetch(ctx, email, inner)
	}()

	select {
	case <-ctx.Done():
		return ctx.Err()
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
