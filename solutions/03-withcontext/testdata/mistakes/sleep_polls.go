// The context is asked now and then, between short naps. The sleep ends late
// by up to one nap, and it wakes the processor all the time for nothing. In
// production a thousand such sleeps keep an idle machine busy.
//
// Refused by: TestSleep/returns the context's error at the moment of its end/canceled
// Says: Sleep returned after 1.5s; want 1.234567s, the moment at which the context was done

package withcontext

import (
	"context"
	"time"
)

func Sleep(ctx context.Context, d time.Duration) error {
	const nap = 300 * time.Millisecond
	for end := time.Now().Add(d); time.Now().Before(end); {
		if err := ctx.Err(); err != nil {
			return err
		}
		time.Sleep(min(nap, time.Until(end)))
	}
	return nil
}
