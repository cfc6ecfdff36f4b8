// The goroutines that shut down wait for the caller's context, not for the
// group's. A failure cancels only the latter. In production one service fails,
// the others run on, and Wait hides the error until somebody stops the
// program.
//
// Refused by: TestServe/shuts all services down when one fails, and returns its error
// Says: deadlock: every goroutine waits, and nothing can wake any of them

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
	g, _ := errgroup.WithContext(ctx)
	for _, service := range services {
		g.Go(service.Run)
		g.Go(func() error {
			<-ctx.Done()
			shutdownCtx, cancel := context.WithTimeout(context.WithoutCancel(ctx), grace)
			defer cancel()
			return service.Shutdown(shutdownCtx)
		})
	}
	return g.Wait()
}
