package main

import "context"

// A Limit is a number of slots for fetches. Make one with NewLimit.
type Limit struct {
	places chan struct{} // holds a value for each fetch that is running
}

// NewLimit returns a Limit with n free slots. If n is below 1, it returns an
// error that shows n.
func NewLimit(n int) (*Limit, error) {
	// TODO: make a channel with a buffer of n.
	return nil, nil
}

// A LimitFetcher is a Fetcher that needs a slot for each fetch. All
// LimitFetchers with the same Limit share its slots: together they run at most
// that many fetches at a time, whichever groups they are in.
type LimitFetcher struct {
	Fetcher
	Limit *Limit
}

// Fetch takes a slot as soon as one is free, calls the wrapped Fetcher, and
// returns what that returns. It releases the slot the moment the wrapped Fetcher
// ends, even if that ends by a panic or by runtime.Goexit.
//
// If ctx is done before the wrapped Fetcher has been called, even if a slot is
// free, Fetch returns ctx.Err() at that moment. It then doesn't call the wrapped
// Fetcher, and holds no slot.
func (f LimitFetcher) Fetch(ctx context.Context, email string, results chan<- Result) error {
	// TODO: wait for a slot or for ctx, and make sure the slot is released.
	// Test:  go test -run TestLimitFetcher ./04-scatter-gather
	// Hints: docs/extras.md#limitfetcher-extra
	return nil
}
