// Two receives, one after the other, in place of a select. The first one waits
// for the timer, whatever the context does. In production the error comes, but
// as late as the answer would have come.
//
// Refused by: TestSleep/returns the context's error at the moment of its end/deadline
// Says: Sleep returned after 1h0m0s; want 1.234567s, the moment at which the context was done

package withcontext

import (
	"context"
	"time"
)

func Sleep(ctx context.Context, d time.Duration) error {
	<-time.After(d)
	select {
	case <-ctx.Done():
		return ctx.Err()
	default:
		return nil
	}
}
