// Reading and writing are locked, each for itself. Between them another
// goroutine may count, and its count is lost. In production the sum is too
// small by a few, and no tool says why: there is no data race.
//
// Refused by: TestTally/loses no count when the sources answer at the same moment
// Says: goroutines that write to the same map need a lock
// Needs: two processors

package waitgroup

import "sync"

func Tally(sources []func() string) map[string]int {
	tally := make(map[string]int)
	var mu sync.Mutex
	var wg sync.WaitGroup
	for _, source := range sources {
		wg.Go(func() {
			answer := source()
			mu.Lock()
			n := tally[answer]
			mu.Unlock()
			mu.Lock()
			tally[answer] = n + 1
			mu.Unlock()
		})
	}
	wg.Wait()
	return tally
}
