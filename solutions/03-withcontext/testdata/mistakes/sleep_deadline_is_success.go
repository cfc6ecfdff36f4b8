// A context with a timeout does the waiting, and its DeadlineExceeded is taken
// for the end of d. It may as well be the deadline of the caller. In
// production the work goes on, with no time left for it.
//
// Refused by: TestSleep/returns the context's error at the moment of its end/deadline
// Says: Sleep returned nil although the context was done; want an error that matches "context deadline exceeded", so that the caller can tell the work was not finished

package withcontext

import (
	"context"
	"time"
)

func Sleep(ctx context.Context, d time.Duration) error {
	ctx, cancel := context.WithTimeout(ctx, d)
	defer cancel()
	<-ctx.Done()
	if ctx.Err() == context.DeadlineExceeded {
		return nil
	}
	return ctx.Err()
}
