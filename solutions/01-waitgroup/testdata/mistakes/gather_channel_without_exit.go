// It waits for one answer from each source. A source that ends its goroutine
// sends none. In production the request waits for ever.
//
// Refused by: TestGather/waits for a source that ends its goroutine, and leaves its answer empty
// Says: waits to receive from a channel, and nobody sends on it or closes it

package waitgroup

func Gather(sources []func() string) []string {
	type answer struct {
		index int
		text  string
	}
	arrived := make(chan answer, len(sources))
	for i, source := range sources {
		go func() { arrived <- answer{i, source()} }()
	}
	answers := make([]string, len(sources))
	for range sources {
		a := <-arrived
		answers[a.index] = a.text
	}
	return answers
}
