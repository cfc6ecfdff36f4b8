package main

import "context"

// Gather asks all fetchers about email at the same time, and returns when all
// of them have returned: the results that arrived, in the order of their
// arrival, together with the first error. The first error cancels the other
// fetchers; the results that arrived before it are not thrown away.
func Gather(ctx context.Context, email string, fetchers []Fetcher) ([]Result, error) {
	// TODO: scatter with an errgroup, gather through one buffered channel.
	return nil, nil
}
