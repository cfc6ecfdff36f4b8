// The slice has a place for each answer already, and append adds behind them. In
// production the list begins with as many empty answers as there are sources.
//
// Refused by: TestGather/waits for a source and returns its answer
// Says: there must be one answer for each source (append adds behind the answers that the slice has already)

package waitgroup

import "sync"

func Gather(sources []func() string) []string {
	answers := make([]string, len(sources))
	var mu sync.Mutex
	var wg sync.WaitGroup
	for _, source := range sources {
		wg.Go(func() {
			answer := source()
			mu.Lock()
			defer mu.Unlock()
			answers = append(answers, answer)
		})
	}
	wg.Wait()
	return answers
}
