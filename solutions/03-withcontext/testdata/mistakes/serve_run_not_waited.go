// Run is started with go, and nobody waits for it. Serve returns when the
// shutdowns have returned. In production, main then ends while Run is still
// working: the last batch isn't written.
//
// Refused by: TestServe/waits for a service that takes its time to return
// Says: Serve returned after 10s; want 30s, 10s of service and 20s until Run returned

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
	failed := make(chan error, len(services))
	for _, service := range services {
		go func() {
			if err := service.Run(); err != nil {
				failed <- err
			}
		}()
	}
	var first error
	select {
	case first = <-failed:
	case <-ctx.Done():
	}
	shutdownCtx, cancel := context.WithTimeout(context.WithoutCancel(ctx), grace)
	defer cancel()
	var g errgroup.Group
	for _, service := range services {
		g.Go(func() error { return service.Shutdown(shutdownCtx) })
	}
	if err := g.Wait(); first == nil {
		first = err
	}
	return first
}
