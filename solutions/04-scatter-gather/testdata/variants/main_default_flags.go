// Package flag's own set of flags, which prints the whole usage after a wrong
// flag and exits with 2.

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
	if *timeout <= 0 {
		fmt.Fprintln(os.Stderr, "-timeout must be above zero")
		os.Exit(2)
	}
	os.Exit(run(*email, *timeout, *failFast))
}

func run(email string, timeout time.Duration, failFast bool) int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	service, err := nameservice.Start()
	if err != nil {
		log.Print(err)
		return 1
	}
	defer service.Shutdown(context.Background())
	partner := &PartnerFetcher{map[string]int{"test@test.com": 20}, time.Second}
	results, err := Gather(ctx, email, []Fetcher{
		&CancellationFetcher{Fetcher: &NameFetcher{URL: service.URL}, FailFast: failFast},
		&CancellationFetcher{Fetcher: partner, FailFast: failFast},
	})
	for _, result := range results {
		fmt.Println(result)
	}
	if err != nil {
		log.Print(err)
		return 1
	}
	return 0
}
