// With a default, a select doesn't wait. In production, a loop that should
// pause between two tries floods the server.
//
// Refused by: TestSleep/waits for the whole time while the context lives
// Says: Sleep returned after 0s; want 3s, the time that it was asked to wait

package withcontext

import (
	"context"
	"time"
)

func Sleep(ctx context.Context, d time.Duration) error {
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-time.After(d):
		return nil
	default:
		return nil
	}
}
