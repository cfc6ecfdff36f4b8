// context.AfterFunc with a Cond, as in its documentation.

package withcontext

import (
	"context"
	"sync"
	"time"
)

func Sleep(ctx context.Context, d time.Duration) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	var mu sync.Mutex
	cond := sync.NewCond(&mu)
	over := false
	wake := func() { mu.Lock(); over = true; mu.Unlock(); cond.Broadcast() }
	timer := time.AfterFunc(d, wake)
	defer timer.Stop()
	stop := context.AfterFunc(ctx, wake)
	defer stop()
	mu.Lock()
	defer mu.Unlock()
	for !over {
		cond.Wait()
	}
	return ctx.Err()
}
