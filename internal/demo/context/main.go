// Command context shows that a goroutine continues unless it watches its context.
package main

import (
	"context"
	"fmt"
	"time"
)

func main() {
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Millisecond)
	defer cancel()

	deaf := make(chan string)
	go func() {
		time.Sleep(60 * time.Millisecond) // never looks at ctx
		deaf <- "the deaf one went on to its end"
	}()

	select {
	case <-time.After(time.Minute):
		fmt.Println("a minute has passed")
	case <-ctx.Done():
		fmt.Println("the listener stopped:", ctx.Err())
	}
	fmt.Println(<-deaf)
}
