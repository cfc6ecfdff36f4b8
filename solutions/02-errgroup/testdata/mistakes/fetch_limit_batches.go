// The keys are fetched in batches, and each batch waits for its slowest fetch.
// In production, a single slow key leaves all other slots idle.
//
// Refused by: TestFetchLimit/starts the next fetch as soon as one ends
// Says: FetchLimit left a slot idle from 1s to 4s; want the next fetch to start as soon as one ends

package errgroups

import (
	"fmt"
	"slices"
)

func FetchLimit(keys []string, limit int, fetch func(key string) (string, error)) ([]string, error) {
	if limit < 1 {
		return nil, fmt.Errorf("limit %d is below 1", limit)
	}
	var values []string
	for batch := range slices.Chunk(keys, limit) {
		some, err := FetchAll(batch, fetch)
		if err != nil {
			return nil, err
		}
		values = append(values, some...)
	}
	return values, nil
}
