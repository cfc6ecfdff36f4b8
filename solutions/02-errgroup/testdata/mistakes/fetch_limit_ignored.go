// The limit is checked, and then forgotten. In production all keys are fetched
// at the same time, and the server closes its doors.
//
// Refused by: TestFetchLimit/runs two fetches at a time when the limit is 2
// Says: FetchLimit ran at most 4 fetches at a time; want 2

package errgroups

import "fmt"

func FetchLimit(keys []string, limit int, fetch func(key string) (string, error)) ([]string, error) {
	if limit < 1 {
		return nil, fmt.Errorf("limit %d is below 1", limit)
	}
	return FetchAll(keys, fetch)
}
