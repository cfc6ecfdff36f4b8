// It closes the channel that it was given. The next fetcher that sends panics.
// In production the second source ends the program.
//
// Refused by: TestCancellationFetcher/passes the result on
// Says: CancellationFetcher.Fetch closed the channel results; want it open, because other fetchers send on it

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
	defer close(results)
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
