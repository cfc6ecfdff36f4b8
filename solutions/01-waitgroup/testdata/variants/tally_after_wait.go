// Each goroutine writes to its own element. The counting comes after Wait, when
// only one goroutine is left, so no lock is needed.

package waitgroup

import "sync"

func Tally(sources []func() string) map[string]int {
	answers := make([]*string, len(sources)) // nil: the source ended its goroutine
	var wg sync.WaitGroup
	for i, source := range sources {
		wg.Go(func() {
			answer := source()
			answers[i] = &answer
		})
	}
	wg.Wait()
	tally := make(map[string]int)
	for _, answer := range answers {
		if answer != nil {
			tally[*answer]++
		}
	}
	return tally
}
