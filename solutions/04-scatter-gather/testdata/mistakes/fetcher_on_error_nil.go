// OnError is called without a look whether there is one. In production the
// first failure of a source ends the whole program.
//
// Refused by: TestCancellationFetcher/logs the error when it doesn't fail fast and OnError is nil
// Says: panic in CancellationFetcher.Fetch

package main

import "context"

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
			case err == nil || f.FailFast:
				return err
			}
			f.OnError(err)
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
