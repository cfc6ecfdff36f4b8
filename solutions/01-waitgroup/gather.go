// Package waitgroup is the first exercise: start goroutines, wait for them, and
// protect what they share, with the standard library alone.
package waitgroup

import "sync"

// Gather calls every source in a goroutine of its own, all at the same time,
// and returns once all of them have answered. The answers stand in the order
// of the sources, whichever source was fastest. Without sources the result is
// empty, at once.
//
// A source that ends its goroutine with runtime.Goexit leaves the answer ""
// and doesn't keep Gather from returning.
func Gather(sources []func() string) []string {
	// Each goroutine writes to a place of its own, so no lock is needed.
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
