// The loop that receives ends when it has counted to the number of keys, and
// looks at the count after it has received. Without keys it waits for ever. In
// production an empty list hangs a request.
//
// Refused by: TestFetchSome/returns no value for no key, and one for one
// Says: waits to receive from a channel, and nobody sends on it or closes it

package errgroups

import (
	"errors"
	"fmt"
)

func FetchSome(keys []string, fetch func(key string) (string, error)) (map[string]string, error) {
	type outcome struct {
		i     int
		value string
		err   error
	}
	outcomes := make(chan outcome)
	for i, key := range keys {
		go func() {
			value, err := fetch(key)
			outcomes <- outcome{i, value, err}
		}()
	}
	values := make(map[string]string)
	errs := make([]error, len(keys))
	n := 0
	for o := range outcomes {
		if o.err != nil {
			errs[o.i] = fmt.Errorf("%s: %w", keys[o.i], o.err)
		} else {
			values[keys[o.i]] = o.value
		}
		if n++; n == len(keys) {
			break
		}
	}
	return values, errors.Join(errs...)
}
