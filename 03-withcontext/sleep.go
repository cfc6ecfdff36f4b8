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
	// TODO: wait for two things at the same time, in a select.
	// Test:  go test -run TestSleep ./03-withcontext
	// Hints: WORKSHOP.md#sleep
	return nil
}
