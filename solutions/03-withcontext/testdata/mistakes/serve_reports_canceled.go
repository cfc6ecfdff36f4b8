// The goroutine that waits for the context returns the context's error, and so
// the group does too. But the end of the context was the signal to stop, not a
// failure. In production, every clean stop exits with status 1 and sets off an
// alarm.
//
// Refused by: TestServe/runs all services until the context is done, and stops cleanly
// Says: Serve returned the error "context canceled" after a clean stop; want nil

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
			shutdownCtx, cancel := context.WithTimeout(context.WithoutCancel(ctx), grace)
			defer cancel()
			if err := service.Shutdown(shutdownCtx); err != nil {
				return err
			}
			return ctx.Err()
		})
	}
	return g.Wait()
}
