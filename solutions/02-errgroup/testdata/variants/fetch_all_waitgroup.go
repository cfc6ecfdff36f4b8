// A WaitGroup and sync.Once: what errgroup does, by hand. Use it in a program
// without other modules.

package errgroups

import "sync"

func FetchAll(keys []string, fetch func(key string) (string, error)) ([]string, error) {
	values := make([]string, len(keys))
	var (
		wg    sync.WaitGroup
		once  sync.Once
		first error
	)
	for i, key := range keys {
		wg.Go(func() {
			var err error
			if values[i], err = fetch(key); err != nil {
				once.Do(func() { first = err })
			}
		})
	}
	wg.Wait()
	if first != nil {
		return nil, first
	}
	return values, nil
}
