// A single source is asked in the goroutine of the caller, to save one. In
// production a source that ends its goroutine ends the caller's.
//
// Refused by: TestGather/asks a source in a goroutine of its own also when it is the only one
// Says: Gather didn't return: a source ended the goroutine that Gather was called in

package waitgroup

import "sync"

func Gather(sources []func() string) []string {
	if len(sources) == 1 {
		return []string{sources[0]()}
	}
	answers := make([]string, len(sources))
	var wg sync.WaitGroup
	for i, source := range sources {
		wg.Add(1) // before the go statement: Wait may be reached first
		go func() {
			defer wg.Done() // deferred: it runs after runtime.Goexit too
			answers[i] = source()
		}()
	}
	wg.Wait()
	return answers
}
