// One channel for an outcome of both parts, the result and the error. The
// wrapped fetcher sends into a channel of its own, which is read when it has
// returned.

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
