// It looks at the context first, as a fetch does, and returns its error. In
// production a program that is stopped while it starts reports a failure,
// though all it did was stop.
//
// Refused by: TestServe/shuts all services down when the context is done before it begins
// Says: Serve didn't call Shutdown of the first service; want it called once, at 0s

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
	if err := ctx.Err(); err != nil {
		return err
	}
	g, ctx := errgroup.WithContext(ctx)
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
