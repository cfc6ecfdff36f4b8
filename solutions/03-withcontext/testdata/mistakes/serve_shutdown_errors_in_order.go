// Of two shutdowns that fail, the first in the list is reported, not the first
// in time. In production the log names the service that suffered, not the one
// that began it.
//
// Refused by: TestServe/lets every shutdown end, and returns the failure that came first
// Says: Serve returned the error "late error"; want "early error", the first failure

package withcontext

import (
	"context"
	"sync"
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
	<-ctx.Done()
	shutdownCtx, cancel := context.WithTimeout(context.WithoutCancel(ctx), grace)
	defer cancel()
	errs := make([]error, len(services))
	var wg sync.WaitGroup
	for i, service := range services {
		wg.Go(func() { errs[i] = service.Shutdown(shutdownCtx) })
	}
	wg.Wait()
	for _, err := range append([]error{run.Wait()}, errs...) {
		if err != nil {
			return err
		}
	}
	return nil
}
