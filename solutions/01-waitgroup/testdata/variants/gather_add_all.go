// One Add for all goroutines, and the answers through a pointer: a way to put
// the goroutine into its own function.

package waitgroup

import "sync"

func Gather(sources []func() string) []string {
	answers := make([]string, len(sources))
	var wg sync.WaitGroup
	wg.Add(len(sources))
	for i := range sources {
		go ask(&wg, sources[i], &answers[i])
	}
	wg.Wait()
	return answers
}

func ask(wg *sync.WaitGroup, source func() string, answer *string) {
	defer wg.Done()
	*answer = source()
}
