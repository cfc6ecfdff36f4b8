// A context can end in two ways, and this names one of them always. In
// production a timeout is reported as a cancellation, and whoever looks for
// the caller that canceled finds none.
//
// Refused by: TestSleep/returns the context's error at the moment of its end/deadline
// Says: Sleep returned the error "context canceled"; want one in which errors.Is finds "context deadline exceeded", the error of its context

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
		return context.Canceled
	}
}
