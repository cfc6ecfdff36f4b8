// Package withcontext is the third exercise: goroutines that stop when their
// context is canceled, and a group that cancels them at the first error.
package withcontext

import (
	"context"
	"time"
)

// Sleep waits for d and returns nil, or until ctx is done, whichever comes
// first: then it returns ctx.Err() at that very moment. If ctx is already
// done, it returns at once. It leaves nothing behind.
func Sleep(ctx context.Context, d time.Duration) error {
	if err := ctx.Err(); err != nil {
		return err // if d is 0, both cases below are ready, and select takes either
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
