package withcontext

import (
	"context"
	"time"
)

// A Service runs until it is shut down, as an HTTP server does.
type Service interface {
	// Run does the work of the service, and returns when it ends: nil once
	// Shutdown was called, otherwise the reason why it could not go on.
	Run() error

	// Shutdown asks Run to return, and lets the work that is under way come to
	// its end. It returns when all of it has ended, or with ctx.Err() when ctx
	// is done before that.
	Shutdown(ctx context.Context) error
}

// Serve runs all services until ctx is done or one of them fails. Then it
// shuts all of them down at the same time, each with grace to finish the work
// that it has, and returns when every Run and every Shutdown has returned: nil
// after a clean stop, otherwise the first failure.
func Serve(ctx context.Context, grace time.Duration, services ...Service) error {
	// TODO: two goroutines for each service, one for Run and one for Shutdown.
	return nil
}
