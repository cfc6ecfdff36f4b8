// The goroutines send, and one goroutine counts: a map that only one goroutine
// uses needs no lock.

package waitgroup

import "sync"

func Tally(sources []func() string) map[string]int {
	answers := make(chan string)
	var wg sync.WaitGroup
	for _, source := range sources {
		wg.Go(func() { answers <- source() })
	}
	go func() {
		wg.Wait()
		close(answers)
	}()
	tally := make(map[string]int)
	for answer := range answers {
		tally[answer]++
	}
	return tally
}
