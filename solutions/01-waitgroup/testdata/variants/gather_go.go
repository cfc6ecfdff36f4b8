// WaitGroup.Go instead of Add, go and Done. Since Go 1.25, use this form in new
// code.

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
