// It calls the wrapped fetcher directly, and trusts it to listen. In
// production one source that ignores its context holds up every page.
//
// Refused by: TestCancellationFetcher/leaves a stubborn fetcher behind, whose goroutine ends with it/it sends a result too late
// Says: CancellationFetcher.Fetch returned after 1m0s; want 2s, the moment at which its context was done, although the wrapped fetcher goes on: it waited for the fetch "points", which ran from 0s to 1m0s

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
	err := f.Fetcher.Fetch(ctx, email, results)
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
