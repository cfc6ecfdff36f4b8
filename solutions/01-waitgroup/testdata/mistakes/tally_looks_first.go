// The lock is given up between the look, whether an answer is new, and the writing.
// In production two clients that are the first to say the same count as one.
//
// Refused by: TestTally/loses no count when the sources answer at the same moment
// Says: held from before the old count is read until the new one is written

package waitgroup

import "sync"

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
			_, seen := tally[answer]
			mu.Unlock()
			mu.Lock()
			defer mu.Unlock()
			if !seen {
				tally[answer] = 1
				return
			}
			tally[answer]++
		})
	}
	wg.Wait()
	return tally
}
