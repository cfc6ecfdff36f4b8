// A map by index, under a lock. Use it if the number of answers is not known in
// advance.

package waitgroup

import "sync"

func Gather(sources []func() string) []string {
	byIndex := make(map[int]string)
	var mu sync.Mutex
	var wg sync.WaitGroup
	for i, source := range sources {
		wg.Go(func() {
			answer := source()
			mu.Lock()
			defer mu.Unlock()
			byIndex[i] = answer
		})
	}
	wg.Wait()
	answers := make([]string, len(sources))
	for i := range answers {
		answers[i] = byIndex[i]
	}
	return answers
}
