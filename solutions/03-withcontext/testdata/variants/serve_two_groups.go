// One group for all Runs, and one for all Shutdowns.

package withcontext

import (
	"context"
	"golang.org/x/sync/errgroup"
	"sync"
	"time"
)

type Service interface {
	Run() error
	Shutdown(ctx context.Context) error
}

func Serve(ctx context.Context, grace time.Duration, services ...Service) error {
	runs, runCtx := errgroup.WithContext(ctx)
	var (
		mu    sync.Mutex
		first error
	)
	note := func(err error) error {
		mu.Lock()
		defer mu.Unlock()
		if err != nil && first == nil {
			first = err
		}
		return err
	}
	for _, s := range services {
		runs.Go(func() error { return note(s.Run()) })
	}
	<-runCtx.Done()
	c, cancel := context.WithTimeout(context.Background(), grace)
	defer cancel()
	var downs errgroup.Group
	for _, s := range services {
		downs.Go(func() error { return note(s.Shutdown(c)) })
	}
	downs.Wait()
	runs.Wait()
	return first
}
