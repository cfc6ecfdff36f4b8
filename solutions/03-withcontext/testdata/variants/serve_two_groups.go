// One group for the Runs, and a second one, begun when the first one's context
// is done, for the Shutdowns, which share one deadline. For a stop in phases:
// first the servers, then what they use.

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
	run, ctx := errgroup.WithContext(ctx)
	for _, service := range services {
		run.Go(service.Run)
	}
	<-ctx.Done() // run.Wait would return as soon as every Run has

	shutdownCtx, cancel := context.WithTimeout(context.Background(), grace)
	defer cancel()
	var shutdown errgroup.Group
	for _, service := range services {
		shutdown.Go(func() error { return service.Shutdown(shutdownCtx) })
	}
	err := shutdown.Wait()
	if failed := run.Wait(); failed != nil {
		return failed // it came before the shutdowns
	}
	return err
}
