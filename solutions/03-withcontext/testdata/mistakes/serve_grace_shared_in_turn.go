// The services are shut down one after another, and all of them have one grace
// between them. The first one uses it up. In production the last service in
// the list has no time left, and loses its work.
//
// Refused by: TestServe/shuts the services down at the same time
// Says: Serve returned after 1m10s; want 50s, 10s of service and 40s for the slower shutdown

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
		var first error
		for _, service := range services {
			if err := service.Shutdown(shutdownCtx); first == nil {
				first = err
			}
		}
		return first
	})
	return g.Wait()
}
