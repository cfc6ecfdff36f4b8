// The services are shut down one after another: the second one takes new work
// until the first one has ended. In production the stop takes the sum of all
// times, more than the orchestrator allows.
//
// Refused by: TestServe/shuts the services down at the same time
// Says: Serve returned after 1m20s; want 50s, 10s of service and 40s for the slower shutdown

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
		var first error
		for _, service := range services {
			shutdownCtx, cancel := context.WithTimeout(context.Background(), grace)
			if err := service.Shutdown(shutdownCtx); first == nil {
				first = err
			}
			cancel()
		}
		return first
	})
	return g.Wait()
}
