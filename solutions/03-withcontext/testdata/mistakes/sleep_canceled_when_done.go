// When the context is already done, the answer is always context.Canceled. In
// production a deadline that has passed looks like a user who went away.
//
// Refused by: TestSleep/returns at once when the context is already done/deadline
// Says: Sleep returned the error "context canceled"; want one in which errors.Is finds "context deadline exceeded", the error of its context

package withcontext

import (
	"context"
	"time"
)

func Sleep(ctx context.Context, d time.Duration) error {
	if ctx.Err() != nil {
		return context.Canceled
	}
	select {
	case <-time.After(d):
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
