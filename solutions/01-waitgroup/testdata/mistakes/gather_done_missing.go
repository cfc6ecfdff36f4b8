// The first source is counted and never taken off the count. In production
// every request hangs, and its goroutines stay for ever.
//
// Refused by: TestGather/waits for a source and returns its answer
// Says: waits in WaitGroup.Wait for a Done that doesn't come

package waitgroup

import "sync"

func Gather(sources []func() string) []string {
	answers := make([]string, len(sources))
	var wg sync.WaitGroup
	for i, source := range sources {
		wg.Add(1)
		go func() {
			answers[i] = source()
			if i > 0 {
				wg.Done()
			}
		}()
	}
	wg.Wait()
	return answers
}
