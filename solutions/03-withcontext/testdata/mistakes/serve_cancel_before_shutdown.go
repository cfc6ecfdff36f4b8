// The shutdowns run in goroutines, and the deferred cancel runs as soon as
// they have started: the loop ends at once. In production there is no grace,
// although the code seems to give it.
//
// Refused by: TestServe/gives the work that is under way the grace to end
// Says: Serve returned after 10s; want 30s, 10s of service and 20s of work that was under way (Shutdown needs a context that isn't done yet)

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
	}
	g.Go(func() error {
		<-ctx.Done()
		shutdownCtx, cancel := context.WithTimeout(context.WithoutCancel(ctx), grace)
		defer cancel()
		for _, service := range services {
			g.Go(func() error { return service.Shutdown(shutdownCtx) })
		}
		return nil
	})
	return g.Wait()
}
