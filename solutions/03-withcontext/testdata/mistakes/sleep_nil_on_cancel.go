// The sleep ends at the right moment, but doesn't report that it was cut short.
// In production, the retry loop around it carries on as if it had waited,
// against a server that is already in trouble.
//
// Refused by: TestSleep/returns the context's error at the moment of its end/canceled
// Says: Sleep returned nil although the context was done; want an error that matches "context canceled", so that the caller can tell the work was not finished

package withcontext

import (
	"context"
	"time"
)

func Sleep(ctx context.Context, d time.Duration) error {
	select {
	case <-time.After(d):
	case <-ctx.Done():
	}
	return nil
}
