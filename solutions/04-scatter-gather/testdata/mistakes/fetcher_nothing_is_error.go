// It takes the end of a fetcher that knew nothing for a failure, and reports an
// error that is nil. In production the log fills with "<nil>", and a handler
// that calls err.Error() ends the program.
//
// Refused by: TestCancellationFetcher/passes the email on, and sends nothing where nothing is known
// Says: CancellationFetcher.Fetch called OnError with <nil>; want no call

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
			case f.FailFast:
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
