// A context with a timeout does the waiting. The caller's context, not the new
// one, says which of the two ended it. Use it if you pass a context on anyway.

package withcontext

import (
	"context"
	"time"
)

func Sleep(ctx context.Context, d time.Duration) error {
	timeout, cancel := context.WithTimeout(ctx, d)
	defer cancel()
	<-timeout.Done()
	return ctx.Err()
}
