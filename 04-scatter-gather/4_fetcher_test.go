package main

import (
	"bytes"
	"context"
	"fmt"
	kitlog "log"
	"runtime"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"go.uber.org/goleak"

	"example.com/errgroup-workshop/internal/rehearsal"
)

func TestCancellationFetcher(t *testing.T) {
	step := rehearsal.NewLadder(t)

	t.Run("passes the result on", step.Bubble(func(t *rehearsal.T) {
		defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
		script := t.Script("CancellationFetcher.Fetch", "fetch", rehearsal.Call{Name: "points", Takes: 3 * time.Hour, Returns: "20"})
		results := make(chan Result, 2)

		err := kitDecorate(script).Fetch(t.Context(), kitAda, results)

		script.WantElapsed(3*time.Hour, "the time of the fetch")
		kitWantNoError(t, "CancellationFetcher.Fetch", err)
		kitWantResults(t, "CancellationFetcher.Fetch", kitDrain(results), Result{"points", "20"})
		kitWantOpen(t, "CancellationFetcher.Fetch", results)
	}))

	// A select that could take either of two cases takes one by chance. To see it
	// take the wrong one, both must be ready before it looks: because the context
	// is slow, or because the caller stumbles after its go statement.
	t.Run("loses no result, however late it looks", step.Bubble(func(t *rehearsal.T) {
		defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
		decorated := &CancellationFetcher{Fetcher: kitFetchFunc(func(_ context.Context, _ string, results chan<- Result) error {
			results <- Result{"points", "20"}
			return nil
		})}
		fetch := func(ctx context.Context) (fault string) {
			results := make(chan Result, 1)
			err := decorated.Fetch(ctx, kitAda, results)
			if err != nil || len(results) != 1 {
				return fmt.Sprintf("CancellationFetcher.Fetch lost the result, and returned %s; want the result passed on: "+
					"when the result and the end of the fetcher are both ready, a select picks one at random", kitQuoted(err))
			}
			return ""
		}
		for range 100 {
			if fault := fetch(kitBusyContext{t.Context()}); fault != "" {
				t.Fatalf("%s", fault)
			}
		}
		t.Stumble(func() (fault string) { return fetch(t.Context()) })
	}))

	t.Run("returns the error when it fails fast", step.Bubble(func(t *rehearsal.T) {
		defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
		script := t.Script("CancellationFetcher.Fetch", "fetch", rehearsal.Call{Name: "points", Takes: 3 * time.Second, Fails: rehearsal.ErrEarly})
		decorated := kitDecorate(script)
		decorated.FailFast = true
		decorated.OnError = func(err error) {
			t.Errorf("CancellationFetcher.Fetch gave the error %q to OnError; want it returned, because FailFast is true", err)
		}

		err := decorated.Fetch(t.Context(), kitAda, make(chan Result, 1))

		script.WantElapsed(3*time.Second, "the moment at which the fetch failed")
		kitWantError(t, "CancellationFetcher.Fetch", err, rehearsal.ErrEarly)
	}))

	t.Run("gives the error to OnError when it doesn't fail fast", step.Bubble(func(t *rehearsal.T) {
		defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
		script := t.Script("CancellationFetcher.Fetch", "fetch", rehearsal.Call{Name: "points", Takes: 3 * time.Second, Fails: rehearsal.ErrEarly})
		decorated := kitDecorate(script)
		var reported []error
		decorated.OnError = func(err error) {
			time.Sleep(time.Minute) // so that it shows whether Fetch waits for it
			reported = append(reported, err)
		}

		err := decorated.Fetch(t.Context(), kitAda, make(chan Result, 1))

		if err != nil {
			t.Errorf("CancellationFetcher.Fetch returned the error %q; want nil, because FailFast is false", err)
		}
		if len(reported) != 1 {
			t.Fatalf("CancellationFetcher.Fetch called OnError %d times before it returned; want once: call it in Fetch itself, so that the error is known when Fetch returns", len(reported))
		}
		kitWantError(t, "the fetcher that OnError was called for", reported[0], rehearsal.ErrEarly)
	}))

	t.Run("logs the error when it doesn't fail fast and OnError is nil", step.Bubble(func(t *rehearsal.T) {
		defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
		script := t.Script("CancellationFetcher.Fetch", "fetch", rehearsal.Call{Name: "points", Takes: 3 * time.Second, Fails: rehearsal.ErrEarly})
		var logged bytes.Buffer
		defer kitlog.SetOutput(kitlog.Writer())
		kitlog.SetOutput(&logged)

		err := kitDecorate(script).Fetch(t.Context(), kitAda, make(chan Result, 1))

		kitWantNoError(t, "CancellationFetcher.Fetch", err)
		if !strings.Contains(logged.String(), rehearsal.ErrEarly.Error()) {
			t.Errorf("CancellationFetcher.Fetch logged %q; want the error %q, by log.Print", logged.String(), rehearsal.ErrEarly)
		}
	}))

	t.Run("returns the moment its context is done, and stops the wrapped fetcher", step.Bubble(func(t *rehearsal.T) {
		defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
		ctx, cancel := rehearsal.CancelAfter(t.Context(), 2*time.Second)
		defer cancel()
		script := t.Script("CancellationFetcher.Fetch", "fetch", rehearsal.Call{Name: "points", Takes: time.Hour, Returns: "20"})

		err := kitDecorate(script).Fetch(ctx, kitAda, make(chan Result, 1))

		script.WantElapsed(2*time.Second, "the moment at which its context was done")
		kitWantError(t, "CancellationFetcher.Fetch", err, context.Canceled)
		synctest.Wait()
		if ctx := script.Made()[0].Context; ctx.Err() == nil {
			t.Errorf("the context of the wrapped fetcher lives on; want it done with that of CancellationFetcher.Fetch: pass ctx on")
		}
	}))

	// A stubborn fetcher ignores its context. Nothing can stop it, but nobody
	// has to wait for it; and when it ends, its goroutine must end too.
	t.Run("leaves a stubborn fetcher behind, whose goroutine ends with it", step.Real(func(t *testing.T) {
		cases := rehearsal.NewLadder(t)
		for _, tt := range []struct {
			name     string
			call     rehearsal.Call
			failFast bool
		}{
			{"it sends a result too late", rehearsal.Call{Returns: "20"}, false},
			{"it fails too late", rehearsal.Call{Fails: rehearsal.ErrLate}, false},
			{"it knows nothing, too late", rehearsal.Call{}, false},
			{"it sends a result too late, and FailFast is true", rehearsal.Call{Returns: "20"}, true},
			{"it fails too late, and FailFast is true", rehearsal.Call{Fails: rehearsal.ErrLate}, true},
		} {
			t.Run(tt.name, cases.Bubble(func(t *rehearsal.T) {
				defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
				ctx, cancel := context.WithTimeout(t.Context(), 2*time.Second)
				defer cancel()
				tt.call.Name, tt.call.Takes, tt.call.IgnoresContext = "points", time.Minute, true
				script := t.Script("CancellationFetcher.Fetch", "fetch", tt.call)
				decorated := kitDecorate(script)
				decorated.FailFast = tt.failFast
				decorated.OnError = func(err error) {
					t.Errorf("OnError was called with %q after CancellationFetcher.Fetch had returned; want no call", err)
				}
				results := make(chan Result, 1)

				err := decorated.Fetch(ctx, kitAda, results)

				script.WantElapsed(2*time.Second, "the moment at which its context was done, although the wrapped fetcher is still running")
				kitWantError(t, "CancellationFetcher.Fetch", err, context.DeadlineExceeded)
				time.Sleep(2 * time.Minute)
				kitWantNothingLate(t, "CancellationFetcher.Fetch", results)
			}))
		}
	}))

	// What the wrapped fetcher returns when the context is done may be seen first.
	t.Run("returns the context's error, however late it looks", step.Bubble(func(t *rehearsal.T) {
		defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
		for _, returns := range []error{nil, fmt.Errorf("partner: %w", context.Canceled)} {
			for range 100 {
				ctx, cancel := context.WithCancel(t.Context())
				decorated := &CancellationFetcher{
					Fetcher: kitFetchFunc(func(context.Context, string, chan<- Result) error {
						cancel()
						return returns
					}),
					OnError: func(err error) {
						t.Errorf("CancellationFetcher.Fetch gave %q to OnError; want the context's error returned, whoever notices it first", err)
					},
				}

				err := decorated.Fetch(kitBusyContext{ctx}, kitAda, make(chan Result, 1))

				if err != context.Canceled {
					t.Fatalf("CancellationFetcher.Fetch returned the error %s although its context was done; want %q, its context's error as it is, "+
						"whoever notices it first", kitQuoted(err), context.Canceled)
				}
			}
		}
	}))

	// The second call begins and ends while the first is held up where it looks at
	// its context. What they share is then the second call's.
	t.Run("gives each of two callers its own result", step.Bubble(func(t *rehearsal.T) {
		defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
		var over atomic.Bool
		var want func(ctx context.Context, email string)
		decorated := &CancellationFetcher{Fetcher: kitFetchFunc(func(_ context.Context, email string, results chan<- Result) error {
			if email == "ada@example.com" {
				want(t.Context(), "bob@example.com")
				over.Store(true)
			}
			results <- Result{"email", email}
			return nil
		})}
		want = func(ctx context.Context, email string) {
			results := make(chan Result, 2)
			err := decorated.Fetch(ctx, email, results)
			if got := kitDrain(results); err != nil || len(got) != 1 || got[0].Value != email {
				t.Errorf("CancellationFetcher.Fetch, called by two goroutines at the same moment, gave %v and the error %s for %q; want its own result: "+
					"keep the channel and the error of a call in variables of Fetch, not in the struct or the package, which all calls share", got, kitQuoted(err), email)
			}
		}
		want(kitHeldContext{t.Context(), &over}, "ada@example.com")
	}))

	t.Run("can be used by many goroutines at the same time", step.Real(func(t *testing.T) {
		cases := rehearsal.NewLadder(t)
		for _, failFast := range []bool{true, false} {
			t.Run(fmt.Sprintf("FailFast is %v", failFast), cases.Bubble(func(t *rehearsal.T) {
				defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
				kitWantSharable(t, "CancellationFetcher.Fetch", &CancellationFetcher{Fetcher: kitEcho{}, FailFast: failFast, OnError: func(error) {}}, failFast)
			}))
		}
	}))

	t.Run("lets Gather return on time, and safely, beside a stubborn fetcher", step.Bubble(func(t *rehearsal.T) {
		defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
		ctx, cancel := context.WithTimeout(t.Context(), 2*time.Second)
		defer cancel()
		script := t.Script("Gather", "fetch",
			rehearsal.Call{Name: "name", Takes: 1 * time.Second, Returns: "ada"},
			rehearsal.Call{Name: "points", Takes: 1 * time.Minute, Returns: "20", IgnoresContext: true},
		)
		var decorated []Fetcher
		for _, fetcher := range kitFetchers(script) {
			decorated = append(decorated, &CancellationFetcher{Fetcher: fetcher})
		}

		got, err := Gather(ctx, kitAda, decorated)

		script.WantElapsed(2*time.Second, "the moment at which the context was done")
		kitWantError(t, "Gather", err, context.DeadlineExceeded)
		kitWantResults(t, "Gather", got, Result{"name", "ada"})
		time.Sleep(2 * time.Minute) // the stubborn fetcher ends meanwhile
	}))

	t.Run("keeps its contract in random scenes", step.Scenes(kitCancellationScene))
}

// kitDecorate returns a CancellationFetcher around the one call of the script.
func kitDecorate(script *rehearsal.Script) *CancellationFetcher {
	return &CancellationFetcher{Fetcher: kitFetchers(script)[0]}
}

// A kitHeldContext makes whoever calls Done wait until over is true, but not
// longer than some milliseconds, and without a sleep: see kitBusyContext.
type kitHeldContext struct {
	context.Context
	over *atomic.Bool
}

func (c kitHeldContext) Done() <-chan struct{} {
	for range 10_000 {
		if c.over.Load() {
			break
		}
		runtime.Gosched()
	}
	return c.Context.Done()
}
