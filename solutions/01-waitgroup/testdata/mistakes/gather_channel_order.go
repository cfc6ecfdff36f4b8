// The answers come through one channel, in the order of their arrival. In
// production the columns of a table change places from one request to the
// next.
//
// Refused by: TestGather/returns the answers in the order of the sources
// Says: Gather returned ["ada" "customer 7" "ada@example.com"]; want ["ada@example.com" "ada" "customer 7"]: the answers must stand in the order of the sources, not in that in which they arrived

package waitgroup

func Gather(sources []func() string) []string {
	arrived := make(chan string, len(sources))
	for _, source := range sources {
		go func() { arrived <- source() }()
	}
	answers := make([]string, len(sources))
	for i := range answers {
		answers[i] = <-arrived
	}
	return answers
}
