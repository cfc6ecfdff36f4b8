// The context's error starts the stop, and is taken out again at the end. But
// the group keeps one error, the first, so the error of the shutdown was never
// kept. In production work is cut off, and the exit status says that all is
// well.
//
// Refused by: TestServe/returns the error of a shutdown that takes longer than the grace
// Says: Serve returned nil although a Shutdown had not ended within the grace; want its error

package withcontext

import (
	"context"
	"errors"
	"time"

	"golang.org/x/sync/errgroup"
)

// A Service runs until it is shut down, as an HTTP server does.
type Service interface {
	Run() error
	Shutdown(ctx context.Context) error
}

func Serve(ctx context.Context, grace time.Duration, services ...Service) error {
	g, groupCtx := errgroup.WithContext(ctx)
	g.Go(func() error {
		<-groupCtx.Done()
		return ctx.Err()
	})
	for _, service := range services {
		g.Go(service.Run)
		g.Go(func() error {
			<-groupCtx.Done()
			shutdownCtx, cancel := context.WithTimeout(context.Background(), grace)
			defer cancel()
			return service.Shutdown(shutdownCtx)
		})
	}
	if err := g.Wait(); !errors.Is(err, context.Canceled) {
		return err
	}
	return nil
}
