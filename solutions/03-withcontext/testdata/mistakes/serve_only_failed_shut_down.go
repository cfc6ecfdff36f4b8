// Each service is shut down when its own Run returns. The others hear nothing
// of the failure and go on. In production the program lives on with half of
// its services, and nobody restarts it.
//
// Refused by: TestServe/shuts all services down when one fails, and returns its error
// Says: waits in Group.Wait for a function that doesn't return

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
	var g errgroup.Group
	for _, service := range services {
		g.Go(func() error {
			done := make(chan error, 1)
			go func() { done <- service.Run() }()
			var failed error
			select {
			case failed = <-done:
			case <-ctx.Done():
				defer func() { <-done }()
			}
			shutdownCtx, cancel := context.WithTimeout(context.Background(), grace)
			defer cancel()
			if err := service.Shutdown(shutdownCtx); failed == nil {
				failed = err
			}
			return failed
		})
	}
	return g.Wait()
}
