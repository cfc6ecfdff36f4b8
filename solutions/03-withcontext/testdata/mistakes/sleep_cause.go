// The cause of a canceled context tells more than its error, but it doesn't
// match it: errors.Is(err, context.Canceled) is false. In production a caller
// that wants to pass over a cancellation logs it as a failure.
//
// Refused by: TestSleep/returns the context's error at the moment of its end/canceled with a cause
// Says: Sleep returned the error "the user has closed the window"; want one in which errors.Is finds "context canceled", the error of its context

package withcontext

import (
	"context"
	"time"
)

func Sleep(ctx context.Context, d time.Duration) error {
	select {
	case <-time.After(d):
		return nil
	case <-ctx.Done():
		return context.Cause(ctx)
	}
}
