// A Run returns as soon as Shutdown is called, not when the work has ended;
// ListenAndServe does the same. Here only the Runs are waited for. In
// production main returns then, and every deploy cuts off the requests that
// are in flight.
//
// Refused by: TestServe/gives the work that is under way the grace to end
// Says: Serve returned after 10s; want 30s, 10s of service and 20s of work that was under way

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
		go func() {
			<-ctx.Done()
			shutdownCtx, cancel := context.WithTimeout(context.WithoutCancel(ctx), grace)
			defer cancel()
			service.Shutdown(shutdownCtx)
		}()
	}
	return g.Wait()
}
