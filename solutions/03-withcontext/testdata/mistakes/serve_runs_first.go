// The failure of a Run is returned, whenever it came, and that of a Shutdown only
// where no Run failed. In production the log names what broke last, in place of
// what broke first.
//
// Refused by: TestServe/returns the failure of a shutdown that came before that of a service
// Says: Serve returned the error "late error"; want "early error", the first failure

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
		return failed
	}
	return err
}
