// Done is the last statement, and isn't reached when the source ends the
// goroutine. In production one bad source makes the request hang for ever.
//
// Refused by: TestGather/waits for a source that ends its goroutine, and leaves its answer empty
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
			wg.Done()
		}()
	}
	wg.Wait()
	return answers
}
