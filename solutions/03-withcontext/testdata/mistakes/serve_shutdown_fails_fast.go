// The shutdowns share a group with a context: the first one that fails cancels
// the others. In production one service that can't stop takes the grace from
// all, and their requests are cut off.
//
// Refused by: TestServe/lets every shutdown end, and returns the failure that came first
// Says: Serve returned after 30s; want 50s, 10s of service and 40s for the slowest shutdown

package withcontext

import (
	"context"
	"time"

	"golang.org/x/sync/errgroup"
)

// A Service runs until it is shut down, as an HTTP server does.
type Service interface {
	Run() error
	Shutdown(ctx context.Context) error
}

func Serve(ctx context.Context, grace time.Duration, services ...Service) error {
	run, ctx := errgroup.WithContext(ctx)
	for _, service := range services {
		run.Go(service.Run)
	}
	<-ctx.Done()
	shutdownCtx, cancel := context.WithTimeout(context.WithoutCancel(ctx), grace)
	defer cancel()
	shutdown, shutdownCtx := errgroup.WithContext(shutdownCtx)
	for _, service := range services {
		shutdown.Go(func() error { return service.Shutdown(shutdownCtx) })
	}
	shutdownErr := shutdown.Wait()
	if err := run.Wait(); err != nil {
		return err
	}
	return shutdownErr
}
