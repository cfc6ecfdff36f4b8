// An empty answer is taken for none, and not counted. In production the sum of
// the counts is smaller than the number of those who were asked.
//
// Refused by: TestTally/counts an empty answer like any other
// Says: Tally returned map[yes:1]; want map[:1 yes:1]: 1 of 2 answers had been counted when Tally returned

package waitgroup

import "sync"

func Tally(sources []func() string) map[string]int {
	var (
		wg    sync.WaitGroup
		mu    sync.Mutex
		tally = make(map[string]int)
	)
	for _, source := range sources {
		wg.Go(func() {
			answer := source()
			if answer == "" {
				return
			}
			mu.Lock()
			defer mu.Unlock()
			tally[answer]++
		})
	}
	wg.Wait()
	return tally
}
