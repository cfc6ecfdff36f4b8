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
	// hint
}

func run(ctx context.Context, email string, failFast bool) error {
	service, err := nameservice.Start()
	if err != nil {
		return err
	}
	partner := PartnerFetcher{Points: map[string]int{"test@test.com": 20}, Latency: time.Second}
	results, err := Gather(ctx, email, []Fetcher{
		CancellationFetcher{Fetcher: NameFetcher{URL: service.URL}, FailFast: failFast},
		CancellationFetcher{Fetcher: partner, FailFast: failFast},
	})
	for _, result := range results {
		fmt.Println(result)
	}
	shutdownCtx, cancel := context.WithTimeout(context.WithoutCancel(ctx), time.Second)
	defer cancel()
	if shutdownErr := service.Shutdown(shutdownCtx); err == nil {
		err = shutdownErr
	}
	return err
}
