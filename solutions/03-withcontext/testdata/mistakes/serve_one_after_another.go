// Run is called in the loop, and Run doesn't return while the service works.
// So the second service never starts. In production the port of the first is
// open, and that of the second refuses connections.
//
// Refused by: TestServe/shuts all services down when one fails, and returns its error
// Says: is in a call that has not ended

package withcontext

import (
	"context"
	"time"
)

// A Service runs until it is shut down, as an HTTP server does.
type Service interface {
	Run() error
	Shutdown(ctx context.Context) error
}

func Serve(ctx context.Context, grace time.Duration, services ...Service) error {
	shutdownAll := func() {
		for _, service := range services {
			shutdownCtx, cancel := context.WithTimeout(context.Background(), grace)
			defer cancel()
			service.Shutdown(shutdownCtx)
		}
	}
	defer context.AfterFunc(ctx, shutdownAll)()
	for _, service := range services {
		if err := service.Run(); err != nil {
			shutdownAll()
			return err
		}
	}
	return nil
}
