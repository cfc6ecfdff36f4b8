// Package waitgroup is the first exercise: start goroutines, wait for them, and
// protect what they share, with the standard library alone.
package waitgroup

// Gather calls every source in a goroutine of its own, all at the same time,
// and returns once all of them have answered. The answers stand in the order
// of the sources, whichever source was fastest. Without sources the result is
// empty, at once.
//
// A source that ends its goroutine with runtime.Goexit leaves the answer ""
// and doesn't keep Gather from returning.
func Gather(sources []func() string) []string {
	// TODO: start a goroutine for each source, and wait for all of them.
	return nil
}
