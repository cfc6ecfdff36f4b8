// Command channel sends to a buffered channel, closes it, and receives.
package main

import "fmt"

func main() {
	answers := make(chan string, 2)
	answers <- "ada" // doesn't block: the buffer has a free slot
	answers <- "grace"
	close(answers)

	for answer := range answers {
		fmt.Println(answer)
	}
	answer, ok := <-answers
	fmt.Printf("%q %t\n", answer, ok)
}
