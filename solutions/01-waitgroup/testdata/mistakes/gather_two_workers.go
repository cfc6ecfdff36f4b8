// A pool of two workers asks the sources. It works, and in production the page
// takes longer with each source that is added, while the machine is idle.
//
// Refused by: TestGather/asks all sources at the same time
// Says: Gather returned after 4s; want 3s, the time of the slowest source: it waited for the source "shop", which ran from 1s to 4s

package waitgroup

import "sync"

func Gather(sources []func() string) []string {
	answers := make([]string, len(sources))
	next := make(chan int)
	var wg sync.WaitGroup
	for range 2 {
		wg.Go(func() {
			for i := range next {
				answers[i] = sources[i]()
			}
		})
	}
	for i := range sources {
		next <- i
	}
	close(next)
	wg.Wait()
	return answers
}
