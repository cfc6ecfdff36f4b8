// Shutdown gets the context that has just ended, so it gives up at once. In
// production, every deploy cuts off the requests in flight, and the log says
// "context canceled".
//
// Refused by: TestServe/gives work in flight the grace to finish
// Says: Serve returned after 10s; want 30s, 10s of service and 20s of work in flight (Shutdown needs a context that isn't done yet)

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
			ctx, cancel := context.WithTimeout(ctx, grace)
			defer cancel()
			return service.Shutdown(ctx)
		})
	}
	return g.Wait()
}
