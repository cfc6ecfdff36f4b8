package main

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"
	"golang.org/x/sync/errgroup"

	"example.com/errgroup-workshop/internal/rehearsal"
)

func TestLimitFetcher(t *testing.T) {
	kitBeginExtra(t, extraLimit, "extraLimit")

	t.Run("takes a limit of 1 or more", rehearsal.Bubble(func(t *rehearsal.T) {
		defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
		for _, n := range []int{0, -3} {
			if _, err := NewLimit(n); err == nil || !strings.Contains(err.Error(), fmt.Sprint(n)) {
				t.Errorf("NewLimit(%d) returned the error %v; want one that shows the %d", n, err, n)
			}
		}
		kitNewLimit(t, 1)
	}))

	t.Run("passes results and errors on while there are places", rehearsal.Bubble(func(t *rehearsal.T) {
		defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
		script := t.Script("LimitFetcher.Fetch", "fetch",
			rehearsal.Call{Name: "points", Takes: 3 * time.Second, Returns: "20"},
			rehearsal.Call{Name: "orders", Takes: 1 * time.Second, Fails: kitErrEarly},
		)
		limited := kitLimit(t, script, kitNewLimit(t, 2))
		results := make(chan Result, 2)

		err := limited[0].Fetch(t.Context(), kitAda, results)
		script.WantElapsed(3*time.Second, "the time of the fetch")
		kitWantNoError(t, "LimitFetcher.Fetch", err)
		err = limited[1].Fetch(t.Context(), kitAda, results)
		kitWantError(t, "LimitFetcher.Fetch", err, kitErrEarly)
		kitWantResults(t, "LimitFetcher.Fetch", kitDrain(results), Result{"points", "20"})
		kitWantOpen(t, "LimitFetcher.Fetch", results)
	}))

	t.Run("runs as many fetches at a time as there are places, in all groups together", rehearsal.Bubble(func(t *rehearsal.T) {
		defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
		var calls []rehearsal.Call
		for i, takes := range []time.Duration{4, 2, 7, 1, 5, 3, 8, 6} {
			calls = append(calls, rehearsal.Call{Name: fmt.Sprint(i), Takes: takes * time.Second, Returns: "20"})
		}
		script := t.Script("LimitFetcher.Fetch", "fetch", calls...)
		var groups [2]errgroup.Group
		for i, fetcher := range kitLimit(t, script, kitNewLimit(t, 3)) {
			groups[i%2].Go(func() error { return fetcher.Fetch(t.Context(), kitAda, make(chan Result, 1)) })
		}

		err := errors.Join(groups[0].Wait(), groups[1].Wait()) // all of them, before the test may end

		kitWantNoError(t, "LimitFetcher.Fetch", err)

		script.WantInFlight(3)
		script.WantEachCalledOnce()
		script.WantNoPlaceIdle(3)
	}))

	t.Run("keeps two limits apart", rehearsal.Bubble(func(t *rehearsal.T) {
		defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
		script := t.Script("LimitFetcher.Fetch", "fetch",
			rehearsal.Call{Name: "points", Takes: 3 * time.Second, Returns: "20"},
			rehearsal.Call{Name: "orders", Takes: 2 * time.Second, Returns: "7"},
		)
		var g errgroup.Group
		limits := []*Limit{kitNewLimit(t, 1), kitNewLimit(t, 1)}
		for i, fetcher := range kitFetchers(script) {
			g.Go(func() error {
				return (&LimitFetcher{Fetcher: fetcher, Limit: limits[i]}).Fetch(t.Context(), kitAda, make(chan Result, 1))
			})
		}

		err := g.Wait()

		script.WantElapsed(3*time.Second, "the time of the slower fetch, because each has a limit of its own")
		kitWantNoError(t, "LimitFetcher.Fetch", err)
	}))

	// One place; each row takes it, and a second fetch needs it afterwards.
	t.Run("gives the place back when the wrapped Fetcher ends", func(t *testing.T) {
		const fault = "a fault in the wrapped Fetcher, which the caller of LimitFetcher.Fetch can recover " +
			"only if the wrapped Fetcher is called in the same goroutine"
		for _, tt := range []struct {
			name   string
			end    func() error
			panics any
		}{
			{"with nil", func() error { return nil }, nil},
			{"with an error", func() error { return kitErrEarly }, nil},
			{"with a panic", func() error { panic(fault) }, fault},
			{"with runtime.Goexit", func() error { runtime.Goexit(); return nil }, nil},
		} {
			t.Run(tt.name, rehearsal.Bubble(func(t *rehearsal.T) {
				defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
				places := kitNewLimit(t, 1)
				ended := make(chan any)
				go func() {
					defer func() { ended <- recover() }()
					source := kitFetchFunc(func(context.Context, string, chan<- Result) error { return tt.end() })
					(&LimitFetcher{Fetcher: source, Limit: places}).Fetch(t.Context(), kitAda, make(chan Result, 1))
				}()
				if got := <-ended; got != tt.panics {
					t.Fatalf("LimitFetcher.Fetch ended with the panic %v; want %v, as the wrapped Fetcher did: "+
						"a deferred function gives the place back, without recover", got, tt.panics)
				}
				ctx, cancel := kitEndings[1].end(t.Context())
				defer cancel()
				script := t.Script("LimitFetcher.Fetch", "fetch", rehearsal.Call{Name: "points", Takes: time.Second, Returns: "20"})

				err := kitLimit(t, script, places)[0].Fetch(ctx, kitAda, make(chan Result, 1))

				script.Returned()
				if errors.Is(err, context.DeadlineExceeded) {
					t.Fatalf("LimitFetcher.Fetch got no place within 2s; want the only one at once: the fetch before, which ended %s, has not given it back", tt.name)
				}
				script.WantElapsed(time.Second, "the time of the fetch, because the only place was given back")
				kitWantNoError(t, "LimitFetcher.Fetch", err)
			}))
		}
	})

	t.Run("returns the moment its context is done", func(t *testing.T) {
		for _, tt := range kitEndings {
			t.Run(tt.name+", while it waits for a place", rehearsal.Bubble(func(t *rehearsal.T) {
				defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
				script := t.Script("LimitFetcher.Fetch", "fetch", rehearsal.Call{Name: "points", Takes: time.Minute, Returns: "20"})
				ctx, cancel := tt.end(t.Context())
				defer cancel()
				places := kitNewLimit(t, 1)
				busy := make(chan error, 1)
				go func() {
					busy <- kitLimit(t, script, places)[0].Fetch(t.Context(), kitAda, make(chan Result, 1))
				}()
				time.Sleep(time.Second) // the only place is taken meanwhile
				second := kitFetchFunc(func(context.Context, string, chan<- Result) error {
					t.Errorf("LimitFetcher.Fetch called a second Fetcher; want no call, because there was no place before its context was done")
					return nil
				})

				err := (&LimitFetcher{Fetcher: second, Limit: places}).Fetch(ctx, kitAda, make(chan Result, 1))

				script.WantElapsed(2*time.Second, "the moment at which its context was done")
				kitWantError(t, "LimitFetcher.Fetch", err, tt.err)
				kitWantNoError(t, "LimitFetcher.Fetch", <-busy)
			}))
			t.Run(tt.name+", while the wrapped Fetcher runs", rehearsal.Bubble(func(t *rehearsal.T) {
				defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
				script := t.Script("LimitFetcher.Fetch", "fetch", rehearsal.Call{Name: "points", Takes: time.Minute, Returns: "20"})
				ctx, cancel := tt.end(t.Context())
				defer cancel()

				err := kitLimit(t, script, kitNewLimit(t, 1))[0].Fetch(ctx, kitAda, make(chan Result, 1))

				script.WantElapsed(2*time.Second, "the moment at which its context was done, and the wrapped Fetcher stopped")
				kitWantError(t, "LimitFetcher.Fetch", err, tt.err)
			}))
		}
	})

	// A hundred rounds: a select that could take a place or the end of the
	// context takes either.
	t.Run("asks nothing when its context is already done, and takes no place", rehearsal.Bubble(func(t *rehearsal.T) {
		defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
		places := kitNewLimit(t, 1)
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		script := t.Script("LimitFetcher.Fetch", "fetch", rehearsal.Call{Name: "points", Takes: time.Second, Returns: "20"})
		for range 100 {
			err := kitLimit(t, script, places)[0].Fetch(ctx, kitAda, make(chan Result, 1))
			script.WantNoCall("its context was already done: look at ctx.Err() when there is a place, because a select takes either")
			kitWantError(t, "LimitFetcher.Fetch", err, context.Canceled)
		}

		ctx, cancel = kitEndings[1].end(t.Context())
		defer cancel()
		err := kitLimit(t, script, places)[0].Fetch(ctx, kitAda, make(chan Result, 1))
		if err != nil {
			t.Errorf("LimitFetcher.Fetch returned the error %q; want nil: the only place must be free, because a context that was done took none", err)
		}
	}))

	// The context is slow, so that it is done after 3s and the place is free
	// after 4s, both before Fetch looks.
	t.Run("asks nothing once its context is done, however late it looks", rehearsal.Bubble(func(t *rehearsal.T) {
		defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
		for round := range 100 {
			places := kitNewLimit(t, 1)
			go func() {
				busy := kitFetchFunc(func(context.Context, string, chan<- Result) error { time.Sleep(4 * time.Second); return nil })
				(&LimitFetcher{Fetcher: busy, Limit: places}).Fetch(t.Context(), kitAda, make(chan Result, 1))
			}()
			time.Sleep(time.Second) // the only place is taken meanwhile
			ctx, cancel := kitEndings[1].end(t.Context())
			asked := false
			source := kitFetchFunc(func(context.Context, string, chan<- Result) error {
				asked = true
				return nil
			})

			err := (&LimitFetcher{Fetcher: source, Limit: places}).Fetch(kitSlowContext{ctx}, kitAda, make(chan Result, 1))

			cancel()
			if asked {
				t.Fatalf("in round %d LimitFetcher.Fetch called the wrapped Fetcher after the end of its context; want no call: "+
					"look at ctx.Err() when there is a place, because a select takes either", round)
			}
			kitWantError(t, "LimitFetcher.Fetch", err, context.DeadlineExceeded)
			ctx, cancel = kitEndings[1].end(t.Context())
			if err := (&LimitFetcher{Fetcher: source, Limit: places}).Fetch(ctx, kitAda, make(chan Result, 1)); err != nil {
				t.Fatalf("in round %d LimitFetcher.Fetch returned the error %q; want nil: "+
					"the only place must be free, because the fetch before, whose context was done, keeps none", round, err)
			}
			cancel()
		}
	}))

	t.Run("keeps the place until a stubborn wrapped Fetcher ends", rehearsal.Bubble(func(t *rehearsal.T) {
		defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
		script := t.Script("LimitFetcher.Fetch", "fetch",
			rehearsal.Call{Name: "points", Takes: time.Minute, Returns: "20", IgnoresContext: true},
			rehearsal.Call{Name: "orders", Takes: time.Second, Returns: "7"},
		)
		limited := kitLimit(t, script, kitNewLimit(t, 1))
		ctx, cancel := kitEndings[0].end(t.Context())
		defer cancel()
		results := make(chan Result, 2)
		first := make(chan error, 1)
		go func() { first <- limited[0].Fetch(ctx, kitAda, results) }()
		time.Sleep(3 * time.Second) // the context is done meanwhile, and the fetch goes on

		err := limited[1].Fetch(t.Context(), kitAda, results)

		script.WantInFlight(1)
		script.WantElapsed(61*time.Second, "1m for the stubborn fetch, and 1s for the one that waits for its place")
		kitWantNoError(t, "LimitFetcher.Fetch", err)
		if err := <-first; err != nil {
			t.Errorf("LimitFetcher.Fetch returned the error %q; want nil, which the wrapped Fetcher returned once it had sent its result", err)
		}
		kitWantResults(t, "LimitFetcher.Fetch", kitDrain(results), Result{"points", "20"}, Result{"orders", "7"})
	}))

	t.Run("passes the email on", rehearsal.Bubble(func(t *rehearsal.T) {
		defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
		results := make(chan Result, 1)
		echo := kitFetchFunc(func(_ context.Context, email string, results chan<- Result) error {
			results <- Result{"email", email}
			return nil
		})

		err := (&LimitFetcher{Fetcher: echo, Limit: kitNewLimit(t, 1)}).Fetch(t.Context(), kitAda, results)

		kitWantNoError(t, "LimitFetcher.Fetch", err)
		kitWantResults(t, "LimitFetcher.Fetch", kitDrain(results), Result{"email", kitAda})
	}))

	t.Run("doesn't wait for a receiver once its context is done", rehearsal.Bubble(func(t *rehearsal.T) {
		kitWantNoWaitForReceiver(t, "LimitFetcher.Fetch", func(partner Fetcher) Fetcher {
			return &LimitFetcher{Fetcher: partner, Limit: kitNewLimit(t, 1)}
		})
	}))
}

// kitNewLimit returns NewLimit(n), and ends the test when there is none.
func kitNewLimit(t testing.TB, n int) *Limit {
	t.Helper()
	places, err := NewLimit(n)
	if err != nil || places == nil {
		t.Fatalf("NewLimit(%d) returned %v and the error %v; want a Limit and nil", n, places, err)
	}
	return places
}

// kitLimit returns a LimitFetcher for each call of the script.
func kitLimit(t testing.TB, script *rehearsal.Script, places *Limit) []Fetcher {
	t.Helper()
	var limited []Fetcher
	for _, fetcher := range kitFetchers(script) {
		limited = append(limited, &LimitFetcher{Fetcher: fetcher, Limit: places})
	}
	return limited
}
