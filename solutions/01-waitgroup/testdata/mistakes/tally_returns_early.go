// The answers are counted in a goroutine that nobody waits for. In production
// the map is empty, and grows while the caller reads it.
//
// Refused by: TestTally/counts how many sources gave each answer
// Says: Tally returned after 0s; want 3s

package waitgroup

func Tally(sources []func() string) map[string]int {
	tally := make(map[string]int)
	answers := make(chan string)
	for _, source := range sources {
		go func() { answers <- source() }()
	}
	go func() {
		for range sources {
			tally[<-answers]++
		}
	}()
	return tally
}
