// The error is printed, but the exit status is 0. In production, a script that
// calls the program carries on with half the data.
//
// Refused by: TestMainProgram/stops at the first error with -fail-fast
// Says: the program exited with status 0; want 1

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
	}
}

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
