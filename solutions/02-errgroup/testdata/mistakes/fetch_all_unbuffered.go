// It returns at the first error, and nobody receives the others: each leaves a
// goroutine behind for ever. In production memory grows with each failure.
//
// Refused by: TestFetchAll/returns the error that occurred first, not that of the first key or the last
// Says: FetchAll returned after 1s; want 3s

package errgroups

func FetchAll(keys []string, fetch func(key string) (string, error)) ([]string, error) {
	values := make([]string, len(keys))
	errs := make(chan error)
	for i, key := range keys {
		go func() {
			var err error
			values[i], err = fetch(key)
			errs <- err
		}()
	}
	for range keys {
		if err := <-errs; err != nil {
			return nil, err
		}
	}
	return values, nil
}
