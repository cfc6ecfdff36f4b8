// Each Run sends its error on an unbuffered channel, and only the first one is
// received. All others wait for a receiver for good. In production, Serve
// never returns, and the program must be killed.
//
// Refused by: TestServe/runs all services until the context is done, and stops cleanly
// Says: waits to send on a channel, and nobody receives

package withcontext

import (
	"context"
	"sync"
	"time"
)

// A Service runs until it is shut down, as an HTTP server does.
type Service interface {
	Run() error
	Shutdown(ctx context.Context) error
}

func Serve(ctx context.Context, grace time.Duration, services ...Service) error {
	failed := make(chan error)
	var wg sync.WaitGroup
	for _, service := range services {
		wg.Go(func() { failed <- service.Run() })
	}
	var first error
	select {
	case first = <-failed:
	case <-ctx.Done():
	}
	shutdownCtx, cancel := context.WithTimeout(context.WithoutCancel(ctx), grace)
	defer cancel()
	for _, service := range services {
		wg.Go(func() { service.Shutdown(shutdownCtx) })
	}
	wg.Wait()
	return first
}
