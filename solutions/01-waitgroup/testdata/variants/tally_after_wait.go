// Each goroutine writes to its own element. The counting comes after Wait, when
// only one goroutine is left, so no lock is needed.

package waitgroup

import "sync"

func Tally(sources []func() string) map[string]int {
	answers := make([]string, len(sources))
	var wg sync.WaitGroup
	for i, source := range sources {
		wg.Go(func() { answers[i] = source() })
	}
	wg.Wait()
	tally := make(map[string]int)
	for _, answer := range answers {
		tally[answer]++
	}
	return tally
}
