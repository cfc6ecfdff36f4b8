// The last fetch to end closes the channel that the function waits for.
// Without keys there is no last one. In production an empty list hangs a
// request.
//
// Refused by: TestFetchLimit/fetches no key, or one
// Says: waits to receive from a channel, and nobody sends on it or closes it

package errgroups

import (
	"fmt"
	"sync"
)

func FetchLimit(keys []string, limit int, fetch func(key string) (string, error)) ([]string, error) {
	if limit < 1 {
		return nil, fmt.Errorf("limit %d is below 1", limit)
	}
	values := make([]string, len(keys))
	var mu sync.Mutex
	var first error
	left := len(keys)
	done := make(chan struct{})
	places := make(chan struct{}, limit)
	for i, key := range keys {
		places <- struct{}{}
		go func() {
			defer func() { <-places }()
			value, err := fetch(key)
			mu.Lock()
			defer mu.Unlock()
			values[i] = value
			if err != nil && first == nil {
				first = err
			}
			if left--; left == 0 {
				close(done)
			}
		}()
	}
	<-done
	if first != nil {
		return nil, first
	}
	return values, nil
}
