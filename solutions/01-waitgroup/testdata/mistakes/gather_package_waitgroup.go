// The WaitGroup is a variable of the package. Two calls at the same time wait
// for each other's sources: in production a fast request takes as long as the
// slowest one beside it.
//
// Refused by: TestGather/waits for a source and returns its answer
// Says: make a new one in each call

package waitgroup

import "sync"

var wg sync.WaitGroup

func Gather(sources []func() string) []string {
	answers := make([]string, len(sources))
	for i, source := range sources {
		wg.Go(func() { answers[i] = source() })
	}
	wg.Wait()
	return answers
}
