package rehearsal

import (
	"context"
	"time"
)

// CancelAfter returns a context made from ctx that is canceled after d.
func CancelAfter(ctx context.Context, d time.Duration) (context.Context, context.CancelFunc) {
	ctx, cancel := context.WithCancel(ctx)
	time.AfterFunc(d, cancel)
	return ctx, cancel
}
