// Package withcontext is the third exercise: goroutines that stop when their
// context is canceled, and a group that cancels them at the first error.
package withcontext

import (
	"context"
	"time"
)

// Sleep waits for d and then returns nil. If ctx is done earlier, Sleep returns
// ctx.Err() at that moment. If ctx is already done, Sleep returns ctx.Err()
// immediately, even if d is zero or negative. It leaves no goroutine or timer
// behind.
func Sleep(ctx context.Context, d time.Duration) error {
	if err := ctx.Err(); err != nil {
		return err // if d is 0, both cases below may be ready, and select takes either
	}
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
