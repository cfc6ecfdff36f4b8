// Command waitgroup writes to a slice from three goroutines, and waits for them.
package main

import (
	"fmt"
	"sync"
)

func main() {
	squares := make([]int, 3)
	var wg sync.WaitGroup
	for i := range squares {
		wg.Add(1)
		go func() {
			defer wg.Done()
			squares[i] = i * i
		}()
	}
	wg.Wait()
	fmt.Println(squares)
}
