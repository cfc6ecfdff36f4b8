// The context is checked once, before the wait. After that, its end wakes
// nobody. In production, a server that is told to stop hangs until the longest
// pause is over.
//
// Refused by: TestSleep/returns the context's error at the moment of its end/canceled
// Says: Sleep returned after 1h0m0s; want 1.234567s, the moment at which the context was done

package withcontext

import (
	"context"
	"time"
)

func Sleep(ctx context.Context, d time.Duration) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	time.Sleep(d)
	return nil
}
