// Tick returns a nil channel for a duration of zero or less, and nobody ever
// sends on that. In production the sleep hangs on the day when somebody
// configures a pause of 0.
//
// Refused by: TestSleep/waits for the whole time while the context lives
// Says: waits in a select, and none of its cases gets ready

package withcontext

import (
	"context"
	"time"
)

func Sleep(ctx context.Context, d time.Duration) error {
	select {
	case <-time.Tick(d):
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
