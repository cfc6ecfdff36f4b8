// The wrapped fetcher gets a context of its own, which never ends. In
// production its requests run on after every timeout.
//
// Refused by: TestCancellationFetcher/returns the moment its context is done, and stops the wrapped fetcher/canceled after 2s
// Says: the context of the wrapped fetcher lives on; want it done with that of CancellationFetcher.Fetch: pass ctx on

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
		err = f.Fetcher.Fetch(context.Background(), email, inner)
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
