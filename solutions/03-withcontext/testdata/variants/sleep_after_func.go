// context.AfterFunc wakes the one channel that the function waits for. Use it
// to wait for something that can't be in a select, such as a sync.Cond.

package withcontext

import (
	"context"
	"sync"
	"time"
)

func Sleep(ctx context.Context, d time.Duration) error {
	woken := make(chan struct{})
	wake := sync.OnceFunc(func() { close(woken) })
	defer context.AfterFunc(ctx, wake)()
	defer time.AfterFunc(d, wake).Stop()
	<-woken
	return ctx.Err()
}
