// The result and the error come together, when the wrapped fetcher has returned:
// a result that it sent before that waits. In production a source that puts
// things in order after its answer makes every request late.
//
// Refused by: TestCancellationFetcher/passes the result on at once, and doesn't wait until the wrapped fetcher returns
// Says: CancellationFetcher.Fetch returned after 1m1s; want 1s, the moment at which the wrapped fetcher sent its result

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
	type outcome struct {
		results []Result
		err     error
	}
	done := make(chan outcome, 1)
	go func() {
		inner := make(chan Result, 1)
		err := f.Fetcher.Fetch(ctx, email, inner)
		close(inner)
		var o outcome
		for result := range inner {
			o.results = append(o.results, result)
		}
		o.err = err
		done <- o
	}()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case o := <-done:
		for _, result := range o.results {
			select {
			case <-ctx.Done():
				return ctx.Err()
			case results <- result:
				return nil
			}
		}
		err := o.err
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
