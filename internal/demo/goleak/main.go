// Command goleak asks goleak for leaks, with a goroutine that is blocked and without.
package main

import (
	"fmt"

	"go.uber.org/goleak"
)

func main() {
	answers := make(chan string)
	go func() { answers <- "twenty points" }()
	fmt.Println("a leak:", goleak.Find() != nil)

	<-answers // now somebody receives
	fmt.Println("a leak:", goleak.Find() != nil)
}
