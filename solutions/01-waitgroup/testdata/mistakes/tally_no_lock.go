// A WaitGroup waits; it protects nothing. All goroutines write to the map at
// the same time. In production, the runtime ends the whole program, on the
// busiest day.
//
// Refused by: TestTally/loses no count when the sources answer at the same moment
// Says: DATA RACE
// Needs: -race

package waitgroup

import "sync"

func Tally(sources []func() string) map[string]int {
	tally := make(map[string]int)
	var wg sync.WaitGroup
	for _, source := range sources {
		wg.Go(func() {
			answer := source()
			tally[answer]++
		})
	}
	wg.Wait()
	return tally
}
