// A goroutine does the waiting. When the context ends first, the function
// returns, and the goroutine sleeps on to the end of d. In production a pause
// of an hour that is canceled each second leaves 3600 goroutines.
//
// Refused by: TestSleep/returns the context's error at the moment of its end/canceled
// Says: a goroutine of Sleep, at sleep.go:

package withcontext

import (
	"context"
	"time"
)

func Sleep(ctx context.Context, d time.Duration) error {
	woken := make(chan struct{})
	go func() {
		time.Sleep(d)
		close(woken)
	}()
	select {
	case <-woken:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
