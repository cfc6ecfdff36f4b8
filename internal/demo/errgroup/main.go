// Command errgroup shows when Wait returns: not at the first error.
package main

import (
	"errors"
	"fmt"
	"time"

	"golang.org/x/sync/errgroup"
)

func main() {
	begin := time.Now()
	var g errgroup.Group
	g.Go(func() error {
		time.Sleep(10 * time.Millisecond)
		return errors.New("boom")
	})
	g.Go(func() error {
		time.Sleep(50 * time.Millisecond)
		return nil
	})
	err := g.Wait()
	fmt.Println(err, time.Since(begin) >= 50*time.Millisecond)
}
