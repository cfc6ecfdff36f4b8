// A service whose Run has returned isn't shut down. In production what it
// still does in the background is cut off, and its connections stay open.
//
// Refused by: TestServe/goes on when a service ends without an error
// Says: Serve didn't call Shutdown of the first service; want it called once, at 10s

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
		ended := make(chan struct{})
		g.Go(func() error {
			err := service.Run()
			if err == nil {
				close(ended)
			}
			return err
		})
		g.Go(func() error {
			select {
			case <-ended:
				return nil
			case <-ctx.Done():
			}
			shutdownCtx, cancel := context.WithTimeout(context.WithoutCancel(ctx), grace)
			defer cancel()
			return service.Shutdown(shutdownCtx)
		})
	}
	return g.Wait()
}
