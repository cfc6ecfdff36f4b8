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

// A Fetcher asks one source about an email. Fetch sends at most one Result, and
// returns nil once it has sent it. If the source knows nothing about email,
// Fetch sends nothing and returns nil.
type Fetcher interface {
	Fetch(ctx context.Context, email string, results chan<- Result) error
}

// A CancellationFetcher is a Fetcher that returns when its context is done, even
// if the Fetcher that it wraps doesn't. Any number of goroutines may use it.
type CancellationFetcher struct {
	Fetcher

	// FailFast decides what happens to an error of the wrapped Fetcher. If it
	// is true, Fetch returns the error, which stops the group. If it is false,
	// the error goes to OnError, and then Fetch returns nil: some data is
	// better than none.
	FailFast bool

	// OnError receives the errors that Fetch doesn't return. If OnError is nil,
	// they go to log.Print.
	OnError func(error)
}

// Fetch calls the wrapped Fetcher in a goroutine and acts on what happens first:
//
//   - ctx is done: Fetch returns ctx.Err() at once, without waiting for the
//     wrapped Fetcher.
//   - The wrapped Fetcher sends a result: Fetch passes it on to results and
//     returns nil.
//   - The wrapped Fetcher returns an error: see FailFast.
//   - The wrapped Fetcher returns nil without a result: Fetch returns nil.
//
// A result that was sent is never lost while ctx is not done. Once ctx is done,
// Fetch never blocks on results. Once Fetch has returned, nothing more is sent
// on results. The goroutine finishes as soon as the wrapped Fetcher returns,
// even if nobody has received its result.
func (f CancellationFetcher) Fetch(ctx context.Context, email string, results chan<- Result) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	// One channel tells both: it carries the result, if there is one, and it is
	// closed when the wrapped Fetcher has returned. Its buffer of 1 lets the
	// goroutine finish even if nobody receives.
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

// ended returns what Fetch returns after the wrapped Fetcher has returned err
// without a result.
func (f CancellationFetcher) ended(ctx context.Context, err error) error {
	switch {
	case ctx.Err() != nil:
		return ctx.Err() // and err is probably the same
	case err == nil || f.FailFast:
		return err
	case f.OnError != nil:
		f.OnError(err)
	default:
		log.Print(err)
	}
	return nil
}
