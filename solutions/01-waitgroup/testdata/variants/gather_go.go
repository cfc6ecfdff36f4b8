// WaitGroup.Go in place of Add, go and Done: since Go 1.25 the form to take
// for new code.

package waitgroup

import "sync"

func Gather(sources []func() string) []string {
	answers := make([]string, len(sources))
	var wg sync.WaitGroup
	for i, source := range sources {
		wg.Go(func() { answers[i] = source() })
	}
	wg.Wait()
	return answers
}
