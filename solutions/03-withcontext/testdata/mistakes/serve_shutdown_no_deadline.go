// Shutdown gets a context that never ends. One client that keeps its
// connection open keeps the whole program alive. In production the
// orchestrator loses patience and kills it, together with all the work that it
// still had.
//
// Refused by: TestServe/returns the error of a shutdown that takes longer than the grace
// Says: Serve returned after 1h0m10s; want 1m10s, 10s of service and the grace of 1m

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
			return service.Shutdown(context.Background())
		})
	}
	return g.Wait()
}
