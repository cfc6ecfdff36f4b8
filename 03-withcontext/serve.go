package withcontext

import (
	"context"
	"time"
)

// A Service runs until it is shut down, as an HTTP server does.
type Service interface {
	// Run does the work of the service and returns when the work ends. It
	// returns nil once Shutdown has been called. Any error is a failure.
	Run() error

	// Shutdown asks Run to return, and waits until the work in progress has
	// finished. If ctx is done before that, Shutdown returns ctx.Err().
	Shutdown(ctx context.Context) error
}

// Serve runs all services until ctx is done or one of them fails. Then it shuts
// all of them down at the same time. Each gets the time grace to finish its
// work. Serve returns when every Run and every Shutdown has returned: nil after
// a clean stop, otherwise the first failure. A Run that returns nil stops
// nothing.
//
// The context of a Shutdown ends after grace, whatever happens to ctx in the
// meantime. It is done once Serve has returned.
//
// If ctx is already done, Serve may start the services and shut them down, or
// start none of them.
func Serve(ctx context.Context, grace time.Duration, services ...Service) error {
	// TODO: two goroutines for each service, one for Run and one for Shutdown.
	// Test:  go test -run TestServe ./03-withcontext
	// Hints: WORKSHOP.md#serve-extra
	return nil
}
