// Command leak calls the decorator of the article that this workshop grew out
// of, again and again, and counts the goroutines that it leaves behind:
//
//	go run ./internal/demo/leak
//
// With -buffered, both of the decorator's channels have a buffer of 1. That is
// the fix that everyone tries first: no goroutine is left, but results get lost.
//
// With -profile, the program prints a profile of its goroutines at the end:
// goroutine or goroutineleak. The second needs Go 1.27, or Go 1.26 and
// GOEXPERIMENT=goroutineleakprofile.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"runtime"
	"runtime/pprof"
	"time"
)

func main() {
	buffered := flag.Bool("buffered", false, "give both channels of the decorator a buffer of 1")
	profile := flag.String("profile", "", "print this profile at the end: goroutine or goroutineleak")
	flag.Parse()
	if flag.NArg() > 0 {
		fmt.Fprintf(os.Stderr, "leak: unexpected argument %q\n", flag.Arg(0))
		os.Exit(2)
	}
	if *profile != "" && pprof.Lookup(*profile) == nil {
		fmt.Fprintf(os.Stderr, "leak: this program has no profile %q (goroutineleak needs Go 1.27, or Go 1.26 and GOEXPERIMENT=goroutineleakprofile)\n", *profile)
		os.Exit(2)
	}
	buffer := 0
	if *buffered {
		buffer = 1
	}

	fmt.Println("           calls  results  goroutines")
	calls, results := 0, 0
	for _, phase := range []struct {
		name string
		call func(buffer int) (ok bool)
		rows int
	}{
		{"in time", callInTime, 4},
		{"too late", callTooLate, 2},
	} {
		for range phase.rows {
			for range 250 {
				calls++
				if phase.call(buffer) {
					results++
				}
			}
			settle()
			fmt.Printf("%-8s %7d  %7d  %10d\n", phase.name, calls, results, runtime.NumGoroutine())
		}
	}
	if *profile != "" {
		fmt.Println()
		pprof.Lookup(*profile).WriteTo(os.Stdout, 1)
	}
}

// A fetch sends one result, or returns an error.
type fetch func(ctx context.Context, results chan<- string) error

// decorate is the article's decorator, if buffer is 0. It takes what comes
// first: a result, an error, or the end of ctx.
func decorate(ctx context.Context, f fetch, buffer int) (result string, err error) {
	results := make(chan string, buffer)
	errs := make(chan error, buffer)
	go func() { errs <- f(ctx, results) }()
	runtime.Gosched() // as on a busy machine: others run first
	select {
	case result := <-results:
		return result, nil // and who receives from errs?
	case err := <-errs:
		return "", err // perhaps nil, while the result is in its buffer
	case <-ctx.Done():
		return "", ctx.Err() // and who receives from either?
	}
}

// callInTime calls the decorator with a fetch that answers at once, and reports
// whether it got the answer.
func callInTime(buffer int) bool {
	result, _ := decorate(context.Background(), func(ctx context.Context, results chan<- string) error {
		results <- "twenty points"
		return nil
	}, buffer)
	return result != ""
}

// callTooLate calls the decorator with a fetch that ignores its context, and
// answers after the context is done.
func callTooLate(buffer int) bool {
	ctx, cancel := context.WithCancel(context.Background())
	release := make(chan struct{})
	defer close(release)
	cancel()
	result, _ := decorate(ctx, func(_ context.Context, results chan<- string) error {
		<-release
		results <- "twenty points"
		return nil
	}, buffer)
	return result != ""
}

// settle gives the goroutines that can finish the time to do so.
func settle() {
	for range 100 {
		if runtime.NumGoroutine() == 1 {
			return
		}
		time.Sleep(time.Millisecond)
	}
}
