// A pool of workers that take the next key from a channel. Use it if a worker
// needs something expensive, such as a connection.

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
	next := make(chan int)
	var (
		wg    sync.WaitGroup
		once  sync.Once
		first error
	)
	for range min(limit, len(keys)) {
		wg.Go(func() {
			for i := range next {
				var err error
				if values[i], err = fetch(keys[i]); err != nil {
					once.Do(func() { first = err })
				}
			}
		})
	}
	for i := range keys {
		next <- i
	}
	close(next)
	wg.Wait()
	if first != nil {
		return nil, first
	}
	return values, nil
}
