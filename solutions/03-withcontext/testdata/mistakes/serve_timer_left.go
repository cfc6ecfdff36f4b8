// The context for the shutdown is never canceled, so its timer runs until the
// grace is over. In production tests and restarts within one process collect
// timers.
//
// Refused by: TestServe/runs all services until the context is done, and stops cleanly/canceled
// Says: the context of the Shutdown of the first service lives on after Serve has returned; want one with a timeout of grace, and canceled when Shutdown has returned

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
	g, ctx := errgroup.WithContext(ctx)
	for _, service := range services {
		g.Go(service.Run)
		g.Go(func() error {
			<-ctx.Done()
			shutdownCtx, _ := context.WithTimeout(context.WithoutCancel(ctx), grace)
			return service.Shutdown(shutdownCtx)
		})
	}
	return g.Wait()
}
