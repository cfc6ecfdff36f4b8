package main

import "context"

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
	// TODO: let the wrapped Fetcher send on a channel of your own.
	// Test:  go test -run TestCancellationFetcher ./04-scatter-gather
	// Hints: WORKSHOP.md#cancellationfetcher
	return nil
}
