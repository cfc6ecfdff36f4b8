// The slice of answers is a variable of the package, made anew in each call. In
// production two requests at the same time get each other's answers.
//
// Refused by: TestGather/serves two callers at the same time
// Says: Gather returned ["bob@example.com" "bob"]; want ["ada@example.com" "ada"]

package waitgroup

import "sync"

var answers []string

func Gather(sources []func() string) []string {
	answers = make([]string, len(sources))
	var wg sync.WaitGroup
	for i, source := range sources {
		wg.Add(1) // before the go statement: Wait may be reached first
		go func() {
			defer wg.Done() // deferred: it runs after runtime.Goexit too
			answers[i] = source()
		}()
	}
	wg.Wait()
	return answers
}
