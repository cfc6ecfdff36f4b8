// Each goroutine has its own mutex, which locks out nobody. In production,
// counts get lost, or the runtime ends the program.
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
			var mu sync.Mutex
			mu.Lock()
			defer mu.Unlock()
			tally[answer]++
		})
	}
	wg.Wait()
	return tally
}
