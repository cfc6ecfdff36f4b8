// Package waitgroup is the first exercise: start goroutines, wait for them, and
// protect what they share, with the standard library alone.
package waitgroup

import "sync"

// Gather calls all sources at the same time, each in its own goroutine. It
// returns their answers once every source has answered. The answers are in the
// order of the sources, no matter which one was fastest. Without sources, Gather
// returns an empty result at once.
//
// A source may end its goroutine with runtime.Goexit, which runs the deferred
// calls and nothing else. Its answer is then "", and Gather still returns.
func Gather(sources []func() string) []string {
	// Each goroutine writes to its own element, so no lock is needed.
	answers := make([]string, len(sources))
	var wg sync.WaitGroup
	for i, source := range sources {
		wg.Add(1) // before the go statement: otherwise Wait may come first
		go func() {
			defer wg.Done() // deferred: it runs after runtime.Goexit too
			answers[i] = source()
		}()
	}
	wg.Wait()
	return answers
}
