// The old way to stop a timer: if Stop returns false, drain the channel. Here
// the value was received already, and the drain waits for a second one. In
// production every sleep that isn't canceled hangs for good.
//
// Refused by: TestSleep/waits for the whole time while the context lives
// Says: waits to receive from a channel, and nobody sends on it or closes it

package withcontext

import (
	"context"
	"time"
)

func Sleep(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer func() {
		if !timer.Stop() {
			<-timer.C
		}
	}()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
