// Where d doesn't fit before the deadline, this fails at once, as a rate
// limiter may do. The contract is to wait until ctx is done. In production a
// caller that sleeps up to its deadline spins through its retries instead.
//
// Refused by: TestSleep/returns the context's error at the moment of its end/deadline
// Says: Sleep returned after 0s; want 1.234567s, the moment at which the context was done

package withcontext

import (
	"context"
	"time"
)

func Sleep(ctx context.Context, d time.Duration) error {
	if deadline, ok := ctx.Deadline(); ok && time.Until(deadline) < d {
		return context.DeadlineExceeded
	}
	select {
	case <-time.After(d):
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
