// Starts no service if the context is already done.

package withcontext

import (
	"context"
	"golang.org/x/sync/errgroup"
	"time"
)

type Service interface {
	Run() error
	Shutdown(ctx context.Context) error
}

func Serve(ctx context.Context, grace time.Duration, services ...Service) error {
	if ctx.Err() != nil {
		return nil
	}
	g, ctx := errgroup.WithContext(ctx)
	for _, service := range services {
		g.Go(service.Run)
		g.Go(func() error {
			<-ctx.Done()
			c, cancel := context.WithTimeout(context.WithoutCancel(ctx), grace)
			defer cancel()
			return service.Shutdown(c)
		})
	}
	return g.Wait()
}
