// Every goroutine sends its answer, and one loop receives them all, so nothing
// is shared. Use it if values are needed as they arrive.

package errgroups

import (
	"errors"
	"fmt"
)

func FetchSome(keys []string, fetch func(key string) (string, error)) (map[string]string, error) {
	type answer struct {
		index int
		value string
		err   error
	}
	answers := make(chan answer)
	for i, key := range keys {
		go func() {
			value, err := fetch(key)
			answers <- answer{i, value, err}
		}()
	}
	some := make(map[string]string)
	errs := make([]error, len(keys))
	for range keys {
		a := <-answers
		if a.err != nil {
			errs[a.index] = fmt.Errorf("fetch %q: %w", keys[a.index], a.err)
		} else {
			some[keys[a.index]] = a.value
		}
	}
	return some, errors.Join(errs...)
}
