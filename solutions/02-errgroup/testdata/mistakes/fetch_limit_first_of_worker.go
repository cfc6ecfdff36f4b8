// Each worker keeps its own first error, and returns it when it has no more to
// do. The Group keeps the error of the worker that ends first. In production the
// log shows a failure that came after the one that explains it.
//
// Refused by: TestFetchLimit/returns the error that occurred first, not that of the place that is idle first
// Says: FetchLimit returned the error "late error"; want "early error", the error that occurred first

package errgroups

import (
	"fmt"
	"sync/atomic"

	"golang.org/x/sync/errgroup"
)

func FetchLimit(keys []string, limit int, fetch func(key string) (string, error)) ([]string, error) {
	if limit < 1 {
		return nil, fmt.Errorf("limit %d is below 1", limit)
	}
	values := make([]string, len(keys))
	var g errgroup.Group
	var next atomic.Int64
	for range min(limit, len(keys)) {
		g.Go(func() error {
			var first error
			for i := next.Add(1) - 1; i < int64(len(keys)); i = next.Add(1) - 1 {
				value, err := fetch(keys[i])
				values[i] = value
				if first == nil {
					first = err
				}
			}
			return first
		})
	}
	if err := g.Wait(); err != nil {
		return nil, err
	}
	return values, nil
}
