// A channel for each source, read in the order of the sources. The deferred
// close answers for a source that ends its goroutine.

package waitgroup

func Gather(sources []func() string) []string {
	channels := make([]chan string, len(sources))
	for i, source := range sources {
		channels[i] = make(chan string, 1)
		go func() {
			defer close(channels[i])
			channels[i] <- source()
		}()
	}
	answers := make([]string, len(sources))
	for i, channel := range channels {
		answers[i] = <-channel
	}
	return answers
}
