// Every goroutine sends its answer, and one loop receives them all, so nothing
// is shared. Use it if answers are needed as they arrive.

package errgroups

func FetchAll(keys []string, fetch func(key string) (string, error)) ([]string, error) {
	type answer struct {
		index int
		value string
		err   error
	}
	answers := make(chan answer, len(keys))
	for i, key := range keys {
		go func() {
			value, err := fetch(key)
			answers <- answer{i, value, err}
		}()
	}
	values := make([]string, len(keys))
	var first error
	for range keys {
		a := <-answers
		values[a.index] = a.value
		if first == nil {
			first = a.err
		}
	}
	if first != nil {
		return nil, first
	}
	return values, nil
}
