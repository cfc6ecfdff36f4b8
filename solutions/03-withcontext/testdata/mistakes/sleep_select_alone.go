// A select alone. If there is nothing to wait for, the timer and the context are
// both ready, and it takes either. In production every second call of a loop
// that was canceled goes on.
//
// Refused by: TestSleep/returns the context's error when it is already done and there is nothing to wait for
// Says: want its error: when both cases of a select are ready it takes either, so ask ctx.Err() first

package withcontext

import (
	"context"
	"time"
)

func Sleep(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
