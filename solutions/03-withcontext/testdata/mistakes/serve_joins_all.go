// The failure and what the shutdowns said are joined. In production the log of
// a crash is full of deadlines, and a caller that looks for one finds it in
// every crash.
//
// Refused by: TestServe/returns the failure that came first, not one of the shutdowns after it
// Says: Serve returned the error "early error\ncontext deadline exceeded", which matches "context deadline exceeded"; want "early error" alone, the first failure

package withcontext

import (
	"context"
	"errors"
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
	return errors.Join(run.Wait(), errors.Join(errs...))
}
