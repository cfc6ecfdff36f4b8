// A WaitGroup, and a channel with a buffer slot for every error, so that no
// sender blocks. The first error in it is the first in time. Use it in a module
// without dependencies.

package withcontext

import (
	"context"
	"sync"
	"time"
)

type Service interface {
	Run() error
	Shutdown(ctx context.Context) error
}

func Serve(ctx context.Context, grace time.Duration, services ...Service) error {
	runCtx, stop := context.WithCancel(ctx)
	defer stop()
	failures := make(chan error, 2*len(services))
	fail := func(err error) {
		if err != nil {
			failures <- err
			stop()
		}
	}
	var wg sync.WaitGroup
	for _, service := range services {
		wg.Go(func() { fail(service.Run()) })
	}
	<-runCtx.Done()
	shutdownCtx, cancel := context.WithTimeout(context.WithoutCancel(ctx), grace)
	defer cancel()
	for _, service := range services {
		wg.Go(func() { fail(service.Shutdown(shutdownCtx)) })
	}
	wg.Wait()
	close(failures)
	return <-failures // nil if there was none
}
