// The clock of the grace starts with the program, not with its end. It works
// in each short test. In production, after the first minute, the grace is over
// before it is needed, and every stop cuts off the work.
//
// Refused by: TestServe/returns the error of a shutdown that takes longer than the grace
// Says: Serve returned after 1m0s; want 1m10s, 10s of service and the grace of 1m

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
	shutdownCtx, cancel := context.WithTimeout(context.Background(), grace)
	defer cancel()
	g, ctx := errgroup.WithContext(ctx)
	for _, service := range services {
		g.Go(service.Run)
		g.Go(func() error {
			<-ctx.Done()
			return service.Shutdown(shutdownCtx)
		})
	}
	return g.Wait()
}
