package waitgroup

import "sync"

func Tally(sources []func() string) map[string]int {
	tally := make(map[string]int)
	var mu sync.Mutex
	var wg sync.WaitGroup
	for _, source := range sources {
		// hint
	}
	wg.Wait()
	return tally
}
