// Whatever wraps context.Canceled counts as a clean stop. In production a
// service stops because its database went away, and the process ends with
// status 0, so that nothing starts it again.
//
// Refused by: TestServe/returns a failure that looks like the end of a context
// Says: Serve returned nil; want "database: context canceled", the first failure

package withcontext

import (
	"context"
	"errors"
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
			shutdownCtx, cancel := context.WithTimeout(context.WithoutCancel(ctx), grace)
			defer cancel()
			return service.Shutdown(shutdownCtx)
		})
	}
	if err := g.Wait(); !errors.Is(err, context.Canceled) {
		return err
	}
	return nil
}
