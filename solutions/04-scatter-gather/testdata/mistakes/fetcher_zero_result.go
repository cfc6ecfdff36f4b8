// A result without a key is taken for the end of the channel. In production a
// source that names its results by other means is never heard.
//
// Refused by: TestCancellationFetcher/passes on a result without a key or a value
// Says: CancellationFetcher.Fetch gave the results []; want [{ <nil>}]

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
		return ctx.Err()
	case result := <-inner:
		if result.Key == "" {
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
