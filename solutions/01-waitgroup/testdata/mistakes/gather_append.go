// Each goroutine appends, so the answers are in the order of arrival. Without a
// lock, some get lost too. In production, a user now and then sees the value of
// another field.
//
// Refused by: TestGather/returns the answers in the order of the sources
// Says: Gather returned ["ada" "customer 7" "ada@example.com"]; want ["ada@example.com" "ada" "customer 7"]: the answers must be in the order of the sources, not in the order of arrival

package waitgroup

import "sync"

func Gather(sources []func() string) []string {
	var answers []string
	var wg sync.WaitGroup
	for _, source := range sources {
		wg.Go(func() { answers = append(answers, source()) })
	}
	wg.Wait()
	return answers
}
