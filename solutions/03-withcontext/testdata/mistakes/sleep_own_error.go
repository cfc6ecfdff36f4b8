// An error of its own stands in place of the context's. It reads well, but
// errors.Is finds neither context.Canceled nor context.DeadlineExceeded in it,
// because %v keeps only the text. In production nobody can tell a cancellation
// from a failure.
//
// Refused by: TestSleep/returns the context's error at the moment of its end/canceled
// Says: Sleep returned the error "sleep cut short: context canceled"; want one in which errors.Is finds "context canceled", the error of its context

package withcontext

import (
	"context"
	"fmt"
	"time"
)

func Sleep(ctx context.Context, d time.Duration) error {
	select {
	case <-time.After(d):
		return nil
	case <-ctx.Done():
		return fmt.Errorf("sleep cut short: %v", ctx.Err())
	}
}
