// The fetchers are asked one after another. In production the page takes the
// sum of its sources.
//
// Refused by: TestGather/asks all fetchers at the same time, and returns the results in the order of arrival
// Says: Gather returned after 6s; want 3s, the time of the slowest fetch: the fetches ran one after another

package main

import "context"

func Gather(ctx context.Context, email string, fetchers []Fetcher) ([]Result, error) {
	results := make(chan Result, len(fetchers))
	var first error
	for _, fetcher := range fetchers {
		if err := fetcher.Fetch(ctx, email, results); err != nil && first == nil {
			first = err
		}
	}
	close(results)
	var gathered []Result
	for result := range results {
		gathered = append(gathered, result)
	}
	return gathered, first
}
