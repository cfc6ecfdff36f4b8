// The WaitGroup is passed by value, so the goroutines call Done on copies of
// their own. Wait waits for ever. go vet says so; in production the first
// request hangs.
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
		go ask(wg, source, &answers[i])
	}
	wg.Wait()
	return answers
}

func ask(wg sync.WaitGroup, source func() string, answer *string) {
	defer wg.Done()
	*answer = source()
}
