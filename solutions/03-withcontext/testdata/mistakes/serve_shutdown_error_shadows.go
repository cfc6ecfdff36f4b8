// The error of the shutdown takes the place of the failure that led to it. In
// production the log says "context deadline exceeded", and the reason why the
// program had to stop is lost.
//
// Refused by: TestServe/returns the failure that came first, not one of the shutdowns after it
// Says: Serve returned the error "context deadline exceeded"; want "early error", the first failure

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
	var shutdown errgroup.Group
	for _, service := range services {
		shutdown.Go(func() error { return service.Shutdown(shutdownCtx) })
	}
	err := shutdown.Wait()
	if runErr := run.Wait(); err == nil {
		err = runErr
	}
	return err
}
