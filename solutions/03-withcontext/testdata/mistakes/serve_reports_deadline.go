// Only a cancellation counts as a clean stop, a deadline doesn't. In
// production a job that is planned to run for an hour ends with an error each
// time.
//
// Refused by: TestServe/runs all services until the context is done, and stops cleanly/deadline
// Says: Serve returned the error "context deadline exceeded" after a clean stop; want nil

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
			if err := service.Shutdown(shutdownCtx); err != nil {
				return err
			}
			if err := ctx.Err(); !errors.Is(err, context.Canceled) {
				return err
			}
			return nil
		})
	}
	return g.Wait()
}
