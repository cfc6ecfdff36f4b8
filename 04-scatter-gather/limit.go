package main

import "context"

// A Limit is a number of places for fetches. Make one with NewLimit.
type Limit struct {
	places chan struct{} // holds a value for each fetch that runs
}

// NewLimit returns a Limit with n places, all of them free. If n is below 1, it
// returns an error that shows n.
func NewLimit(n int) (*Limit, error) {
	// TODO: make room for n.
	return nil, nil
}

// A LimitFetcher is a Fetcher that needs a place for each fetch. All
// LimitFetchers with the same Limit together run no more fetches at a time than
// it has places, in whichever groups they are.
type LimitFetcher struct {
	Fetcher
	Limit *Limit
}

// Fetch takes a place as soon as one is free, calls the wrapped Fetcher, and
// returns what that returns. It gives the place back the moment the wrapped
// Fetcher ends, also by a panic or by runtime.Goexit.
//
// When ctx is done before the wrapped Fetcher is called, also where a place is
// free, Fetch returns ctx.Err() at that moment. It doesn't call the wrapped
// Fetcher then, and keeps no place.
func (f LimitFetcher) Fetch(ctx context.Context, email string, results chan<- Result) error {
	// TODO: wait for a place or for ctx, and see that the place is given back.
	return nil
}
