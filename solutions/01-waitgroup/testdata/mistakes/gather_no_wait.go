// Nobody waits for the goroutines. In production the answers are empty
// whenever the sources are slower than the caller.
//
// Refused by: TestGather/waits for the sources in each of 500 rounds
// Says: Gather returned after 0s; want 1s, the time of each source

package waitgroup

import "sync"

func Gather(sources []func() string) []string {
	answers := make([]string, len(sources))
	var wg sync.WaitGroup
	for i, source := range sources {
		wg.Go(func() { answers[i] = source() })
	}
	return answers
}
