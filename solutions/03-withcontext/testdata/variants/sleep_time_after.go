// time.After instead of a timer that is stopped. Since Go 1.23, the garbage
// collector frees a timer that nobody waits for, so this short form is fine.

package withcontext

import (
	"context"
	"time"
)

func Sleep(ctx context.Context, d time.Duration) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	select {
	case <-time.After(d):
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
