// Once the context is done every error of Run is taken for a part of the stop.
// In production a service that loses data while it drains seems to have
// stopped cleanly.
//
// Refused by: TestServe/returns the error of a service that fails on its way to the end
// Says: Serve returned nil; want "early error", the first failure

package withcontext

import (
	"context"
	"time"

	"golang.org/x/sync/errgroup"
)

type Service interface {
	Run() error
	Shutdown(ctx context.Context) error
}

func Serve(ctx context.Context, grace time.Duration, services ...Service) error {
	g, ctx := errgroup.WithContext(ctx)
	for _, service := range services {
		g.Go(func() error {
			err := service.Run()
			if ctx.Err() != nil {
				return nil
			}
			return err
		})
		g.Go(func() error {
			<-ctx.Done()
			shutdownCtx, cancel := context.WithTimeout(context.WithoutCancel(ctx), grace)
			defer cancel()
			return service.Shutdown(shutdownCtx)
		})
	}
	return g.Wait()
}
