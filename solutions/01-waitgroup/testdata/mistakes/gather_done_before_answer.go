// Done is called before the source is asked. Wait returns at once, and the
// answers come too late. In production they are empty.
//
// Refused by: TestGather/waits for a source and returns its answer
// Says: Gather returned after 0s; want 3s

package waitgroup

import "sync"

func Gather(sources []func() string) []string {
	answers := make([]string, len(sources))
	var wg sync.WaitGroup
	for i, source := range sources {
		wg.Add(1)
		go func() {
			wg.Done()
			answers[i] = source()
		}()
	}
	wg.Wait()
	return answers
}
