// Command 04-scatter-gather asks a name service and a partner about an email,
// both at the same time, and prints what they know:
//
//	{name {ricardo linck}}
//	{loyalty_points 20}
//
// It stops when the time is up, or on Ctrl-C, and prints the results that have
// arrived. Each result is a line on standard output, in order of arrival; errors
// go to standard error. The exit status is 1 if an error stopped the program,
// otherwise 0. All requests go through http.DefaultTransport.
//
// Flags:
//
//	-email address     whom to ask about (default test@test.com)
//	-timeout duration  when to stop (default 2s)
//	-fail-fast         stop at the first error
package main

import (
	"context"
	"flag"
	"fmt"
	"log"
	"os"
	"os/signal"
	"time"

	"example.com/errgroup-workshop/internal/nameservice"
)

func main() {
	email := flag.String("email", "test@test.com", "whom to ask about")
	timeout := flag.Duration("timeout", 2*time.Second, "when to stop")
	failFast := flag.Bool("fail-fast", false, "stop at the first error")
	flag.Parse()

	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	ctx, cancel := context.WithTimeout(ctx, *timeout)
	defer cancel()
	if err := run(ctx, *email, *failFast); err != nil {
		log.Print(err)
		os.Exit(1)
	}
}

// run starts the name service, asks it and the partner about email, prints the
// results, and shuts the service down. It returns the first error.
func run(ctx context.Context, email string, failFast bool) (err error) {
	service, err := nameservice.Start()
	if err != nil {
		return err
	}
	defer func() {
		// The service gets time to finish its requests, even if ctx is done.
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), time.Second)
		defer cancel()
		if shutdownErr := service.Shutdown(ctx); err == nil {
			err = shutdownErr
		}
	}()

	partner := PartnerFetcher{Points: map[string]int{"test@test.com": 20}, Latency: time.Second}
	results, err := Gather(ctx, email, []Fetcher{
		CancellationFetcher{Fetcher: NameFetcher{URL: service.URL}, FailFast: failFast},
		CancellationFetcher{Fetcher: partner, FailFast: failFast},
	})
	for _, result := range results {
		fmt.Println(result)
	}
	return err
}
