// Package waitgroup is the first exercise: start goroutines, wait for them, and
// protect what they share, with the standard library alone.
package waitgroup

// Gather calls all sources at the same time, each in its own goroutine. It
// returns their answers once every source has answered. The answers are in the
// order of the sources, no matter which one was fastest. Without sources, Gather
// returns an empty result at once.
//
// A source may end its goroutine with runtime.Goexit, which runs the deferred
// calls and nothing else. Its answer is then "", and Gather still returns.
func Gather(sources []func() string) []string {
	// TODO: start a goroutine for each source, and wait for all of them.
	// Test:  go test -run TestGather ./01-waitgroup
	// Hints: WORKSHOP.md#gather
	return nil
}
