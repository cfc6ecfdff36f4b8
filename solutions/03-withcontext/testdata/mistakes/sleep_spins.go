// The loop asks the context and the clock again and again, and never waits. In
// production every sleep costs a whole processor.
//
// Refused by: TestSleep/waits for the whole time while the context lives
// Says: runs on and on, and waits for nothing

package withcontext

import (
	"context"
	"time"
)

func Sleep(ctx context.Context, d time.Duration) error {
	for start := time.Now(); time.Since(start) < d; {
		if err := ctx.Err(); err != nil {
			return err
		}
	}
	return nil
}
