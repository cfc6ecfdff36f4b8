// Done is deferred, and called at the end as well. The counter gets below
// zero, and the program panics: in production all requests that are in flight
// go down with it.
//
// Refused by: TestGather/waits for a source and returns its answer
// Says: sync: negative WaitGroup counter

package waitgroup

import "sync"

func Gather(sources []func() string) []string {
	answers := make([]string, len(sources))
	var wg sync.WaitGroup
	for i, source := range sources {
		wg.Add(1)
		go func() {
			defer wg.Done()
			answers[i] = source()
			wg.Done()
		}()
	}
	wg.Wait()
	return answers
}
