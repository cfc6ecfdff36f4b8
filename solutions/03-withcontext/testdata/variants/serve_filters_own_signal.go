// A goroutine of the group returns our own error when the caller's context
// ends. That stops the group, and is filtered out at the end. Use it if more
// than one thing can ask for a stop.

package withcontext

import (
	"context"
	"errors"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"
)

var errStop = errors.New("stop")

type Service interface {
	Run() error
	Shutdown(ctx context.Context) error
}

func Serve(ctx context.Context, grace time.Duration, services ...Service) error {
	run, runCtx := errgroup.WithContext(ctx)
	run.Go(func() error {
		<-runCtx.Done()
		return errStop
	})
	var (
		mu    sync.Mutex
		first error
	)
	keep := func(err error) error {
		mu.Lock()
		defer mu.Unlock()
		if first == nil {
			first = err
		}
		return err
	}
	for _, service := range services {
		run.Go(func() error { return keep(service.Run()) })
		run.Go(func() error {
			<-runCtx.Done()
			shutdownCtx, cancel := context.WithTimeout(context.Background(), grace)
			defer cancel()
			return keep(service.Shutdown(shutdownCtx))
		})
	}
	if err := run.Wait(); !errors.Is(err, errStop) {
		return err
	}
	return first
}
