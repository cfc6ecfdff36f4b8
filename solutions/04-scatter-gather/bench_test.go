package main

import (
	"context"
	"fmt"
	"runtime/trace"
	"sync"
	"testing"
	"time"

	"golang.org/x/sync/errgroup"

	"example.com/errgroup-workshop/internal/nameservice"
)

// BenchmarkGather measures what it costs to ask many fetchers at the same
// time. They do nothing that takes time, so what is measured is coordination:
// the time for each fetcher, and the allocations for all of them together.
//
//	go test -run '^$' -bench Gather ./solutions/04-scatter-gather
func BenchmarkGather(b *testing.B) {
	for _, bm := range []struct {
		name string
		run  func(fetchers []Fetcher)
		make func() Fetcher
	}{
		{name: "errgroup alone", run: group, make: func() Fetcher { return quick{} }},
		{name: "bare", run: gather, make: func() Fetcher { return quick{} }},
		{name: "decorated", run: gather, make: func() Fetcher { return CancellationFetcher{Fetcher: quick{}} }},
		{name: "article", run: gatherAndTidy, make: func() Fetcher { return &article{Fetcher: quick{}} }},
		{name: "ignores cancellation", run: abandon},
	} {
		for _, n := range []int{1, 10, 1_000, 100_000} {
			b.Run(fmt.Sprintf("%s/%d", bm.name, n), func(b *testing.B) {
				fetchers := make([]Fetcher, n)
				for i := range fetchers {
					if bm.make != nil {
						fetchers[i] = bm.make()
					}
				}
				b.ReportAllocs()
				for b.Loop() {
					bm.run(fetchers)
				}
				b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*n), "ns/fetcher")
			})
		}
	}
}

const email = "test@test.com"

// group is what all others are compared with: an errgroup that calls the
// fetchers, and gathers nothing.
func group(fetchers []Fetcher) {
	results := make(chan Result, len(fetchers))
	g, ctx := errgroup.WithContext(context.Background())
	for _, fetcher := range fetchers {
		g.Go(func() error { return fetcher.Fetch(ctx, email, results) })
	}
	g.Wait()
}

func gather(fetchers []Fetcher) { Gather(context.Background(), email, fetchers) }

// An article is the decorator of the article that this workshop grew out of. Its
// channels have no buffer, so its goroutine blocks forever once a result was taken.
type article struct {
	Fetcher
	errs chan error
}

func (f *article) Fetch(ctx context.Context, email string, results chan<- Result) error {
	inner, errs := make(chan Result), make(chan error)
	f.errs = errs
	go func() { errs <- f.Fetcher.Fetch(ctx, email, inner) }()
	select {
	case result := <-inner:
		results <- result
		return nil
	case err := <-errs:
		return err
	case <-ctx.Done():
		return ctx.Err()
	}
}

// gatherAndTidy receives what the article's decorators left behind: with a million
// blocked goroutines the benchmark would measure them.
func gatherAndTidy(fetchers []Fetcher) {
	gather(fetchers)
	for _, fetcher := range fetchers {
		<-fetcher.(*article).errs
	}
}

// abandon fills fetchers with decorated ones that ignore cancellation, cancels
// them when all of them are in flight, and waits until the last goroutine has
// ended, which is long after Gather has returned.
func abandon(fetchers []Fetcher) {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	d := &deaf{released: make(chan struct{})}
	d.inFlight.Add(len(fetchers))
	d.ended.Add(len(fetchers))
	for i := range fetchers {
		fetchers[i] = CancellationFetcher{Fetcher: d}
	}
	go func() {
		d.inFlight.Wait()
		cancel()
	}()
	Gather(ctx, email, fetchers)
	close(d.released)
	d.ended.Wait()
}

// quick answers at once.
type quick struct{}

func (quick) Fetch(_ context.Context, email string, results chan<- Result) error {
	results <- Result{Key: email}
	return nil
}

// deaf answers when it is released, and never looks at its context.
type deaf struct {
	inFlight, ended sync.WaitGroup
	released        chan struct{}
}

func (d *deaf) Fetch(_ context.Context, email string, results chan<- Result) error {
	defer d.ended.Done()
	d.inFlight.Done()
	<-d.released
	results <- Result{Key: email}
	return nil
}

// BenchmarkProgram asks the name service and the partner, as the program does,
// with a region of the execution trace around each fetch:
//
//	go test -run '^$' -bench Program -benchtime 3x -trace trace.out ./solutions/04-scatter-gather
func BenchmarkProgram(b *testing.B) {
	service, err := nameservice.Start()
	if err != nil {
		b.Fatal(err)
	}
	defer service.Shutdown(b.Context())
	partner := PartnerFetcher{Points: map[string]int{email: 20}, Latency: 20 * time.Millisecond}
	fetchers := []Fetcher{
		traced{CancellationFetcher{Fetcher: NameFetcher{URL: service.URL}}, "name"},
		traced{CancellationFetcher{Fetcher: partner}, "partner"},
	}
	for b.Loop() {
		ctx, task := trace.NewTask(b.Context(), "gather")
		if results, err := Gather(ctx, email, fetchers); len(results) != 2 || err != nil {
			b.Fatalf("Gather returned %v and the error %v; want two results", results, err)
		}
		task.End()
	}
}

// A traced Fetcher marks its time in the execution trace.
type traced struct {
	Fetcher
	name string
}

func (f traced) Fetch(ctx context.Context, email string, results chan<- Result) error {
	defer trace.StartRegion(ctx, f.name).End()
	return f.Fetcher.Fetch(ctx, email, results)
}
