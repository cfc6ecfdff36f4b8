package main

import (
	"context"
	"log"
)

// A Result is what a source knows about an email.
type Result struct {
	Key   string
	Value any
}

// A Fetcher asks one source about an email. It sends at most one Result, and
// returns nil once it has sent it; it sends nothing and returns nil where the
// source knows nothing about email.
type Fetcher interface {
	Fetch(ctx context.Context, email string, results chan<- Result) error
}

// A CancellationFetcher is a Fetcher that stops when its context is done, even
// where the Fetcher that it wraps goes on.
type CancellationFetcher struct {
	Fetcher

	// FailFast says what an error of the wrapped Fetcher does. If true, Fetch
	// returns it, and so stops the group; if false, it goes to OnError, and
	// Fetch returns nil, because some data is better than none.
	FailFast bool

	// OnError gets the errors that Fetch doesn't return. If nil, they go to
	// log.Print.
	OnError func(error)
}

// Fetch calls the wrapped Fetcher in a goroutine, and takes what happens
// first:
//
//   - ctx is done: Fetch returns ctx.Err() at once, and doesn't wait for the
//     wrapped Fetcher.
//   - A result: Fetch passes it on to results, and returns nil.
//   - An error: see FailFast.
//   - The wrapped Fetcher returns without either: Fetch returns nil.
//
// A result that was sent is never lost while ctx lives. Fetch never blocks on
// results once ctx is done, and once it has returned nothing is sent on
// results any more. The goroutine ends as soon as the wrapped Fetcher returns,
// whether its result was received or not.
func (f CancellationFetcher) Fetch(ctx context.Context, email string, results chan<- Result) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	// One channel for both ends: the result if there is one, closed when the
	// wrapped Fetcher has returned. Room for the result lets the goroutine end
	// when nobody receives any more.
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

// ended says what Fetch returns when the wrapped Fetcher has returned err and
// sent nothing.
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
