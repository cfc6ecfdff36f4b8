// Package errgroups is the second exercise: goroutines that can fail, and a
// limit on how many run at a time, with golang.org/x/sync/errgroup.
package errgroups

// FetchAll fetches all keys at the same time and returns their values in the
// order of keys. If a fetch fails, FetchAll still waits for every fetch. Then it
// returns nil and the error that occurred first.
func FetchAll(keys []string, fetch func(key string) (string, error)) ([]string, error) {
	// TODO: start every fetch in an errgroup.Group, and wait for the group.
	// Test:  go test -run TestFetchAll ./02-errgroup
	// Hints: WORKSHOP.md#fetchall
	return nil, nil
}
