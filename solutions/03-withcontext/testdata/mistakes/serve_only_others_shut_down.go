// The service that has failed isn't shut down: its Run has returned, so it
// looks ended. But its work may still be under way. In production the accept
// loop fails, and the requests that it had accepted are cut off.
//
// Refused by: TestServe/shuts all services down when one fails, and returns its error
// Says: Serve didn't call Shutdown of the second service; want it called once, at 3s

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
			if err != nil {
				close(ended)
			}
			return err
		})
		g.Go(func() error {
			<-ctx.Done()
			select {
			case <-ended:
				return nil
			default:
			}
			shutdownCtx, cancel := context.WithTimeout(context.WithoutCancel(ctx), grace)
			defer cancel()
			return service.Shutdown(shutdownCtx)
		})
	}
	return g.Wait()
}
