// What context.AfterFunc registers is never stopped. In production each call
// leaves a function with a context that lives as long as the server: memory
// grows, and no goroutine shows why.
//
// Refused by: TestSleep/leaves nothing registered with a context that lives on
// Says: Sleep left 1 things registered with its context; want none: call what context.AfterFunc returns, and cancel what you derive

package withcontext

import (
	"context"
	"sync"
	"time"
)

func Sleep(ctx context.Context, d time.Duration) error {
	woken := make(chan struct{})
	wake := sync.OnceFunc(func() { close(woken) })
	context.AfterFunc(ctx, wake)
	timer := time.AfterFunc(d, wake)
	defer timer.Stop()
	<-woken
	return ctx.Err()
}
