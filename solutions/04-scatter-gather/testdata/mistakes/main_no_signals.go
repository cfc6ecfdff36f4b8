// Ctrl-C kills the program. In production, a stop loses the results that have
// arrived, and nobody shuts the service down.
//
// Refused by: TestMainProgram/stops on Ctrl-C and exits 1
// Says: the interrupt ended the program from outside; want it to stop by itself: signal.NotifyContext makes the end of a context of the interrupt

package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"log"
	"os"
	"time"

	"example.com/errgroup-workshop/internal/nameservice"
)

func main() {
	flags := flag.NewFlagSet("04-scatter-gather", flag.ContinueOnError)
	flags.SetOutput(io.Discard) // an error gets one line, not the whole usage
	email := flags.String("email", "test@test.com", "whom to ask about")
	timeout := flags.Duration("timeout", 2*time.Second, "when to stop")
	failFast := flags.Bool("fail-fast", false, "stop at the first error")

	err := flags.Parse(os.Args[1:])
	switch {
	case errors.Is(err, flag.ErrHelp):
		flags.SetOutput(os.Stdout)
		flags.Usage()
		return
	case err == nil && flags.NArg() > 0:
		err = fmt.Errorf("unexpected argument %q", flags.Arg(0))
	case err == nil && *timeout <= 0:
		err = fmt.Errorf("-timeout is %v, and must be above zero", *timeout)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "04-scatter-gather:", err)
		os.Exit(2)
	}

	ctx := context.Background()
	if err := run(ctx, *email, *timeout, *failFast); err != nil {
		if ctx.Err() != nil {
			err = context.Cause(ctx) // which signal it was, not just "context canceled"
		}
		log.Print(err)
		os.Exit(1)
	}
}

// run starts the name service, asks it and the partner about email, prints the
// results, and shuts the service down. It returns the first error.
func run(ctx context.Context, email string, timeout time.Duration, failFast bool) (err error) {
	service, err := nameservice.Start()
	if err != nil {
		return err
	}
	defer func() {
		// The service gets time to end its requests, also when ctx has none left.
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), time.Second)
		defer cancel()
		if shutdownErr := service.Shutdown(ctx); err == nil {
			err = shutdownErr
		}
	}()

	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
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
