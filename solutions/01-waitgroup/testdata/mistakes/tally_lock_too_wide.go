// The goroutine holds the lock while it calls the source, so the sources run
// one after another. In production, the goroutines gain nothing.
//
// Refused by: TestTally/counts how many sources gave each answer
// Says: don't hold a mutex while something is waited for
// Needs: the watchdog

package waitgroup

import "sync"

func Tally(sources []func() string) map[string]int {
	tally := make(map[string]int)
	var mu sync.Mutex
	var wg sync.WaitGroup
	for _, source := range sources {
		wg.Go(func() {
			mu.Lock()
			defer mu.Unlock()
			tally[source()]++
		})
	}
	wg.Wait()
	return tally
}
