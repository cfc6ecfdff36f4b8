package waitgroup

import "sync"

// Tally asks all sources at the same time and returns, once all of them have
// answered, how many gave each answer. Without sources the result is empty, at
// once.
func Tally(sources []func() string) map[string]int {
	var (
		wg    sync.WaitGroup
		mu    sync.Mutex // guards tally
		tally = make(map[string]int)
	)
	for _, source := range sources {
		wg.Go(func() { // Add, go and the deferred Done in one call
			answer := source() // not under the lock: all are asked at the same time
			mu.Lock()
			defer mu.Unlock()
			tally[answer]++
		})
	}
	wg.Wait()
	return tally
}
