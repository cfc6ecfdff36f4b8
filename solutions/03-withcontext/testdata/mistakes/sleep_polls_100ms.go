// It naps, and looks at the context in between. In production each
// cancellation takes up to a tenth of a second, and a thousand sleepers keep a
// processor busy.
//
// Refused by: TestSleep/returns the context's error at the moment of its end/canceled
// Says: Sleep returned after 1.3s; want 1.234567s, the moment at which the context was done

package withcontext

import (
	"context"
	"time"
)

func Sleep(ctx context.Context, d time.Duration) error {
	const nap = 100 * time.Millisecond
	for end := time.Now().Add(d); time.Now().Before(end); {
		if err := ctx.Err(); err != nil {
			return err
		}
		time.Sleep(min(nap, time.Until(end)))
	}
	return nil
}
