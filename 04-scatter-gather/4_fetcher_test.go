package main

import (
	"bytes"
	"context"
	"fmt"
	"log"
	"slices"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"

	"example.com/errgroup-workshop/internal/rehearsal"
)

func TestCancellationFetcher(t *testing.T) {
	t.Run("passes the result on", rehearsal.Bubble(func(t *rehearsal.T) {
		defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
		script := t.Script("CancellationFetcher.Fetch", "fetch", rehearsal.Call{Name: "points", Takes: 3 * time.Hour, Returns: "20"})
		results := make(chan Result, 2)

		err := kitDecorate(script).Fetch(t.Context(), kitAda, results)

		script.WantElapsed(3*time.Hour, "the time of the fetch")
		kitWantNoError(t, "CancellationFetcher.Fetch", err)
		kitWantResults(t, "CancellationFetcher.Fetch", kitDrain(results), Result{"points", "20"})
		kitWantOpen(t, "CancellationFetcher.Fetch", results)
	}))

	t.Run("passes the result on at once, and doesn't wait until the wrapped fetcher returns", rehearsal.Bubble(func(t *rehearsal.T) {
		defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
		results := make(chan Result, 1)
		decorated := &CancellationFetcher{Fetcher: kitFetchFunc(func(_ context.Context, _ string, results chan<- Result) error {
			time.Sleep(time.Second)
			results <- Result{"points", "20"}
			time.Sleep(time.Minute) // it puts things in order
			return nil
		})}
		script := t.Script("CancellationFetcher.Fetch", "fetch")

		err := decorated.Fetch(t.Context(), kitAda, results)

		script.WantElapsed(1*time.Second, "the moment at which the wrapped fetcher sent its result, although it returned a minute later")
		kitWantNoError(t, "CancellationFetcher.Fetch", err)
		kitWantResults(t, "CancellationFetcher.Fetch", kitDrain(results), Result{"points", "20"})
		time.Sleep(2 * time.Minute)
	}))

	t.Run("passes on a result without a key or a value", rehearsal.Bubble(func(t *rehearsal.T) {
		defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
		results := make(chan Result, 1)
		decorated := &CancellationFetcher{Fetcher: kitFetchFunc(func(_ context.Context, _ string, results chan<- Result) error {
			results <- Result{}
			return nil
		})}

		err := decorated.Fetch(t.Context(), kitAda, results)

		kitWantNoError(t, "CancellationFetcher.Fetch", err)
		kitWantResults(t, "CancellationFetcher.Fetch", kitDrain(results), Result{})
	}))

	t.Run("waits for a receiver while its context lives", rehearsal.Bubble(func(t *rehearsal.T) {
		defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
		script := t.Script("CancellationFetcher.Fetch", "fetch", rehearsal.Call{Name: "points", Takes: 3 * time.Second, Returns: "20"})
		results := make(chan Result)
		received := make(chan Result, 1)
		go func() {
			time.Sleep(5 * time.Second)
			received <- <-results
		}()

		err := kitDecorate(script).Fetch(t.Context(), kitAda, results)

		script.WantElapsed(5*time.Second, "the moment at which somebody received")
		kitWantNoError(t, "CancellationFetcher.Fetch", err)
		kitWantResults(t, "CancellationFetcher.Fetch", []Result{<-received}, Result{"points", "20"})
	}))

	t.Run("passes the email on, and sends nothing where nothing is known", rehearsal.Bubble(func(t *rehearsal.T) {
		defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
		var asked []string
		results := make(chan Result, 1)
		decorated := &CancellationFetcher{
			Fetcher: kitFetchFunc(func(ctx context.Context, email string, results chan<- Result) error {
				asked = append(asked, email)
				return nil
			}),
			OnError: func(err error) {
				t.Errorf("CancellationFetcher.Fetch called OnError with %v; want no call, because the wrapped fetcher returned nil", err)
			},
		}

		err := decorated.Fetch(t.Context(), kitAda, results)

		kitWantNoError(t, "CancellationFetcher.Fetch", err)
		kitWantResults(t, "CancellationFetcher.Fetch", kitDrain(results))
		if !slices.Equal(asked, []string{kitAda}) {
			t.Errorf("CancellationFetcher.Fetch asked the wrapped fetcher about %q; want %q, once", asked, kitAda)
		}
	}))

	t.Run("returns the error when it fails fast", rehearsal.Bubble(func(t *rehearsal.T) {
		defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
		script := t.Script("CancellationFetcher.Fetch", "fetch", rehearsal.Call{Name: "points", Takes: 3 * time.Second, Fails: kitErrEarly})
		decorated := kitDecorate(script)
		decorated.FailFast = true
		decorated.OnError = func(err error) {
			t.Errorf("CancellationFetcher.Fetch gave the error %q to OnError; want it returned, because FailFast is true", err)
		}

		err := decorated.Fetch(t.Context(), kitAda, make(chan Result, 1))

		script.WantElapsed(3*time.Second, "the moment at which the fetch failed")
		kitWantError(t, "CancellationFetcher.Fetch", err, kitErrEarly)
	}))

	t.Run("gives the error to OnError when it doesn't fail fast", rehearsal.Bubble(func(t *rehearsal.T) {
		defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
		script := t.Script("CancellationFetcher.Fetch", "fetch", rehearsal.Call{Name: "points", Takes: 3 * time.Second, Fails: kitErrEarly})
		decorated := kitDecorate(script)
		var reported []error
		decorated.OnError = func(err error) { reported = append(reported, err) }

		err := decorated.Fetch(t.Context(), kitAda, make(chan Result, 1))

		script.WantElapsed(3*time.Second, "the moment at which the fetch failed")
		if err != nil {
			t.Errorf("CancellationFetcher.Fetch returned the error %q; want nil, because FailFast is false", err)
		}
		if len(reported) != 1 {
			t.Fatalf("CancellationFetcher.Fetch called OnError %d times; want once", len(reported))
		}
		kitWantError(t, "the fetcher that OnError was called for", reported[0], kitErrEarly)
	}))

	t.Run("logs the error when it doesn't fail fast and OnError is nil", rehearsal.Bubble(func(t *rehearsal.T) {
		defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
		script := t.Script("CancellationFetcher.Fetch", "fetch", rehearsal.Call{Name: "points", Takes: 3 * time.Second, Fails: kitErrEarly})
		var logged bytes.Buffer
		defer log.SetOutput(log.Writer())
		log.SetOutput(&logged)

		err := kitDecorate(script).Fetch(t.Context(), kitAda, make(chan Result, 1))

		kitWantNoError(t, "CancellationFetcher.Fetch", err)
		if !strings.Contains(logged.String(), kitErrEarly.Error()) {
			t.Errorf("CancellationFetcher.Fetch logged %q; want the error %q, by log.Print", logged.String(), kitErrEarly)
		}
	}))

	t.Run("returns the moment its context is done, and stops the wrapped fetcher", func(t *testing.T) {
		for _, tt := range kitEndings {
			t.Run(tt.name, rehearsal.Bubble(func(t *rehearsal.T) {
				defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
				ctx, cancel := tt.end(t.Context())
				defer cancel()
				script := t.Script("CancellationFetcher.Fetch", "fetch", rehearsal.Call{Name: "points", Takes: time.Hour, Returns: "20"})
				inner := make(chan context.Context, 1)
				decorated := &CancellationFetcher{FailFast: true, Fetcher: kitFetchFunc(func(ctx context.Context, email string, results chan<- Result) error {
					inner <- ctx
					return kitFetchers(script)[0].Fetch(ctx, email, results)
				})}

				err := decorated.Fetch(ctx, kitAda, make(chan Result, 1))

				script.WantElapsed(2*time.Second, "the moment at which its context was done")
				kitWantError(t, "CancellationFetcher.Fetch", err, tt.err)
				if ctx := <-inner; ctx.Err() == nil {
					t.Errorf("the context of the wrapped fetcher lives on; want it done with that of CancellationFetcher.Fetch: pass ctx on")
				}
			}))
		}
	})

	// A stubborn fetcher ignores its context. Nothing can stop it, but nobody
	// has to wait for it; and when it ends, its goroutine must end too.
	t.Run("leaves a stubborn fetcher behind, whose goroutine ends with it", func(t *testing.T) {
		for _, tt := range []struct {
			name     string
			call     rehearsal.Call
			failFast bool
		}{
			{"it sends a result too late", rehearsal.Call{Returns: "20"}, false},
			{"it fails too late", rehearsal.Call{Fails: kitErrLate}, false},
			{"it knows nothing, too late", rehearsal.Call{}, false},
			{"it sends a result too late, and FailFast is true", rehearsal.Call{Returns: "20"}, true},
			{"it fails too late, and FailFast is true", rehearsal.Call{Fails: kitErrLate}, true},
		} {
			t.Run(tt.name, rehearsal.Bubble(func(t *rehearsal.T) {
				defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
				ctx, cancel := kitEndings[1].end(t.Context())
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

				script.WantElapsed(2*time.Second, "the moment at which its context was done, although the wrapped fetcher goes on")
				kitWantError(t, "CancellationFetcher.Fetch", err, context.DeadlineExceeded)
				time.Sleep(2 * time.Minute)
				kitWantNothingLate(t, "CancellationFetcher.Fetch", results)
			}))
		}
	})

	t.Run("leaves no goroutine behind when a fetcher sends its result and an error", rehearsal.Bubble(func(t *rehearsal.T) {
		defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
		results := make(chan Result, 1)
		decorated := &CancellationFetcher{
			Fetcher: kitFetchFunc(func(ctx context.Context, email string, results chan<- Result) error {
				results <- Result{"points", "20"}
				return kitErrLate
			}),
			OnError: func(error) {},
		}

		decorated.Fetch(t.Context(), kitAda, results)

		kitWantResults(t, "CancellationFetcher.Fetch", kitDrain(results), Result{"points", "20"})
	}))

	t.Run("doesn't wait for a receiver once its context is done", rehearsal.Bubble(func(t *rehearsal.T) {
		defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
		ctx, cancel := kitEndings[0].end(t.Context())
		defer cancel()
		script := t.Script("CancellationFetcher.Fetch", "fetch", rehearsal.Call{Name: "points", Takes: time.Second, Returns: "20"})
		nobodyReceives := make(chan Result)

		err := kitDecorate(script).Fetch(ctx, kitAda, nobodyReceives)

		script.WantElapsed(2*time.Second, "the moment at which its context was done")
		kitWantError(t, "CancellationFetcher.Fetch", err, context.Canceled)
	}))

	t.Run("returns at once when its context is already done", rehearsal.Bubble(func(t *rehearsal.T) {
		defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		script := t.Script("CancellationFetcher.Fetch", "fetch", rehearsal.Call{Name: "points", Takes: time.Hour, Returns: "20"})

		err := kitDecorate(script).Fetch(ctx, kitAda, make(chan Result, 1))

		script.WantElapsed(0, "because its context was already done")
		kitWantError(t, "CancellationFetcher.Fetch", err, context.Canceled)
	}))

	// The context is slow, so that the wrapped fetcher has sent its result and
	// has returned before the decorator looks. A select that could take either
	// takes one by chance: in a hundred rounds it takes each.
	t.Run("loses no result, however late it looks", rehearsal.Bubble(func(t *rehearsal.T) {
		defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
		for round := range 100 {
			results := make(chan Result, 1)
			decorated := &CancellationFetcher{Fetcher: kitFetchFunc(func(_ context.Context, _ string, results chan<- Result) error {
				results <- Result{"points", "20"}
				return nil
			})}

			err := decorated.Fetch(kitSlowContext{t.Context()}, kitAda, results)

			kitWantNoError(t, "CancellationFetcher.Fetch", err)
			if got := kitDrain(results); len(got) != 1 {
				t.Fatalf("in round %d CancellationFetcher.Fetch lost the result, and returned nil; want the result passed on: "+
					"when the result and the end of the fetcher are both ready, a select takes either", round)
			}
		}
	}))

	t.Run("treats a timeout of the wrapped fetcher's own like any other error", rehearsal.Bubble(func(t *rehearsal.T) {
		defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
		for _, own := range []error{context.DeadlineExceeded, fmt.Errorf("partner: %w", context.DeadlineExceeded), context.Canceled} {
			var reported []error
			decorated := &CancellationFetcher{
				Fetcher: kitFetchFunc(func(context.Context, string, chan<- Result) error { return own }),
				OnError: func(err error) { reported = append(reported, err) },
			}

			err := decorated.Fetch(t.Context(), kitAda, make(chan Result, 1))

			if err != nil || len(reported) != 1 {
				t.Fatalf("CancellationFetcher.Fetch returned the error %v for %q of the wrapped fetcher, and called OnError %d times; want nil, and one call, "+
					"because its own context is not done", err, own, len(reported))
			}
		}
	}))

	// The wrapped fetcher notices the end of the context too, and its error may
	// be seen first.
	t.Run("returns the context's error, however late it looks", rehearsal.Bubble(func(t *rehearsal.T) {
		defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
		for round := range 100 {
			ctx, cancel := kitEndings[1].end(t.Context())
			decorated := &CancellationFetcher{
				Fetcher: kitFetchFunc(func(context.Context, string, chan<- Result) error {
					<-ctx.Done()
					return fmt.Errorf("partner: %w", ctx.Err())
				}),
				OnError: func(err error) {
					t.Errorf("in round %d CancellationFetcher.Fetch gave %q to OnError; want the context's error returned, whoever notices it first", round, err)
				},
			}

			err := decorated.Fetch(kitSlowContext{ctx}, kitAda, make(chan Result, 1))

			cancel()
			if err == nil {
				t.Fatalf("in round %d CancellationFetcher.Fetch returned nil although its context was done; want the context's error, whoever notices it first", round)
			}
			if err != ctx.Err() {
				t.Fatalf("in round %d CancellationFetcher.Fetch returned the error %q; want %q, its context's error as it is, whoever notices it first",
					round, err, ctx.Err())
			}
		}
	}))

	t.Run("lets Gather return on time, and safely, beside a stubborn fetcher", rehearsal.Bubble(func(t *rehearsal.T) {
		defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
		ctx, cancel := kitEndings[1].end(t.Context())
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
}

// kitDecorate returns a CancellationFetcher around the one call of the script.
func kitDecorate(script *rehearsal.Script) *CancellationFetcher {
	return &CancellationFetcher{Fetcher: kitFetchers(script)[0]}
}
