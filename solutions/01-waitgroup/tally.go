package waitgroup

import "sync"

// Tally asks all sources at the same time. Once every source has answered, it
// returns how many of them gave each answer. Without sources, Tally returns an
// empty result at once.
//
// A source that ends its goroutine with runtime.Goexit is not counted, and Tally
// still returns.
func Tally(sources []func() string) map[string]int {
	var (
		wg    sync.WaitGroup
		mu    sync.Mutex // guards tally
		tally = make(map[string]int)
	)
	for _, source := range sources {
		wg.Go(func() { // Add, go and the deferred Done in one call
			answer := source() // without the lock: all are asked at the same time
			mu.Lock()
			defer mu.Unlock()
			tally[answer]++
		})
	}
	wg.Wait()
	return tally
}
