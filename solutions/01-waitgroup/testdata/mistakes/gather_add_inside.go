// The goroutine counts itself. Wait is often reached before that, finds a
// counter of zero, and returns. In production, answers are missing when the
// machine is busy.
//
// Refused by: TestGather/waits for the sources in each of 500 rounds
// Says: count a goroutine before you start it

package waitgroup

import "sync"

func Gather(sources []func() string) []string {
	answers := make([]string, len(sources))
	var wg sync.WaitGroup
	for i, source := range sources {
		go func() {
			wg.Add(1)
			defer wg.Done()
			answers[i] = source()
		}()
	}
	wg.Wait()
	return answers
}
