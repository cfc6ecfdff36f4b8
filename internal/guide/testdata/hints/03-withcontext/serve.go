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
	g, ctx := errgroup.WithContext(ctx)
	for _, service := range services {
		g.Go(service.Run)
		g.Go(func() error {
			// hint
		})
	}
	return g.Wait()
}
