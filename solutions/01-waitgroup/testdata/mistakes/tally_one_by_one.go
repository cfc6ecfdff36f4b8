// Without goroutines the map needs no lock. In production the sources are
// asked one after another.
//
// Refused by: TestTally/counts how many sources gave each answer
// Says: Tally returned after 6s; want 3s, the time of the slowest source: the sources ran one after another

package waitgroup

func Tally(sources []func() string) map[string]int {
	tally := make(map[string]int)
	for _, source := range sources {
		tally[source()]++
	}
	return tally
}
