// Nothing to wait for is taken for success, whatever the context says. In
// production a loop with a wait of 0 never notices that it was canceled.
//
// Refused by: TestSleep/returns the context's error when it is already done and there is nothing to wait for
// Says: want its error: when both cases of a select are ready it takes either, so ask ctx.Err() first

package withcontext

import (
	"context"
	"time"
)

func Sleep(ctx context.Context, d time.Duration) error {
	if d <= 0 {
		return nil
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
