// The end of any Run starts the shutdown, also an end without an error. In
// production a job that is done after a minute, such as a migration, takes the
// web server down with it.
//
// Refused by: TestServe/goes on when a service ends without an error
// Says: Serve returned after 3s; want 10s, the moment at which the context was done

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
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	for _, service := range services {
		g.Go(func() error {
			defer stop()
			return service.Run()
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
