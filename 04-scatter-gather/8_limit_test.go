package main

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"go.uber.org/goleak"
	"golang.org/x/sync/errgroup"

	"example.com/errgroup-workshop/internal/rehearsal"
)

func TestLimitFetcher(t *testing.T) {
	kitBeginExtra(t, extraLimit, "extraLimit")
	step := rehearsal.NewLadder(t)

	t.Run("takes a limit of 1 or more", step.Bubble(func(t *rehearsal.T) {
		defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
		for _, n := range []int{0, -3} {
			if _, err := NewLimit(n); err == nil || !strings.Contains(err.Error(), fmt.Sprint(n)) {
				t.Errorf("NewLimit(%d) returned the error %v; want one that shows the %d", n, err, n)
			}
		}
		kitNewLimit(t, 1)
	}))

	t.Run("passes results and errors on while slots are free", step.Bubble(func(t *rehearsal.T) {
		defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
		script := t.Script("LimitFetcher.Fetch", "fetch",
			rehearsal.Call{Name: "points", Takes: 3 * time.Second, Returns: "20"},
			rehearsal.Call{Name: "orders", Takes: 1 * time.Second, Fails: rehearsal.ErrEarly},
		)
		limited := kitLimit(t, script, kitNewLimit(t, 2))
		results := make(chan Result, 2)

		err := limited[0].Fetch(t.Context(), kitAda, results)
		script.WantElapsed(3*time.Second, "the time of the fetch")
		kitWantNoError(t, "LimitFetcher.Fetch", err)
		err = limited[1].Fetch(t.Context(), kitAda, results)
		kitWantError(t, "LimitFetcher.Fetch", err, rehearsal.ErrEarly)
		kitWantResults(t, "LimitFetcher.Fetch", kitDrain(results), Result{"points", "20"})
		kitWantOpen(t, "LimitFetcher.Fetch", results)
	}))

	t.Run("runs as many fetches at a time as there are slots", step.Bubble(func(t *rehearsal.T) {
		defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
		var calls []rehearsal.Call
		for i, takes := range []time.Duration{4, 2, 7, 1, 5, 3, 8, 6} {
			calls = append(calls, rehearsal.Call{Name: fmt.Sprint(i), Takes: takes * time.Second, Returns: "20"})
		}
		script := t.Script("LimitFetcher.Fetch", "fetch", calls...)
		var g errgroup.Group
		for _, fetcher := range kitLimit(t, script, kitNewLimit(t, 3)) {
			g.Go(func() error { return fetcher.Fetch(t.Context(), kitAda, make(chan Result, 1)) })
		}

		err := g.Wait()

		kitWantNoError(t, "LimitFetcher.Fetch", err)
		script.WantInFlight(3)
		script.WantEachCalledOnce()
		script.WantNoPlaceIdle(3)
	}))

	t.Run("runs a thousand fetches at a time if there are so many slots", step.Bubble(func(t *rehearsal.T) {
		defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
		var calls []rehearsal.Call
		for i := range 1000 {
			calls = append(calls, rehearsal.Call{Name: fmt.Sprint(i), Takes: time.Second, Returns: "20"})
		}
		script := t.Script("LimitFetcher.Fetch", "fetch", calls...)
		var g errgroup.Group
		for _, fetcher := range kitLimit(t, script, kitNewLimit(t, 1000)) {
			g.Go(func() error { return fetcher.Fetch(t.Context(), kitAda, make(chan Result, 1)) })
		}

		err := g.Wait()

		script.WantElapsed(time.Second, "the time of each fetch, because there is a slot for each")
		kitWantNoError(t, "LimitFetcher.Fetch", err)
	}))

	t.Run("returns the moment its context is done while it waits for a slot", step.Bubble(func(t *rehearsal.T) {
		defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
		script := t.Script("LimitFetcher.Fetch", "fetch",
			rehearsal.Call{Name: "points", Takes: time.Minute, Returns: "20"},
			rehearsal.Call{Name: "orders", Takes: time.Second, Returns: "7"},
		)
		limited := kitLimit(t, script, kitNewLimit(t, 1))
		busy := make(chan error, 1)
		go func() { busy <- limited[0].Fetch(t.Context(), kitAda, make(chan Result, 1)) }()
		synctest.Wait() // the only slot is taken now
		ctx, cancel := context.WithTimeout(t.Context(), 2*time.Second)
		defer cancel()

		err := limited[1].Fetch(ctx, kitAda, make(chan Result, 1))

		script.WantElapsed(2*time.Second, "the moment at which its context was done")
		kitWantError(t, "LimitFetcher.Fetch", err, context.DeadlineExceeded)
		kitWantNoError(t, "LimitFetcher.Fetch", <-busy)
	}))

	// One slot; each row takes it, and another fetch needs it afterwards.
	t.Run("releases the slot when the wrapped Fetcher ends", step.Real(func(t *testing.T) {
		cases := rehearsal.NewLadder(t)
		const fault = "a fault in the wrapped Fetcher"
		for _, tt := range []struct {
			name string
			end  func() error
			want kitEnd
		}{
			{name: "with an error", end: func() error { return rehearsal.ErrEarly }, want: kitEnd{returned: true, err: rehearsal.ErrEarly}},
			{name: "with runtime.Goexit", end: func() error { runtime.Goexit(); return nil }},
			{name: "with a panic", end: func() error { panic(fault) }, want: kitEnd{panics: fault}},
		} {
			passed := t.Run(tt.name, cases.Bubble(func(t *rehearsal.T) {
				defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
				limit := kitNewLimit(t, 1)
				source := kitFetchFunc(func(context.Context, string, chan<- Result) error { return tt.end() })
				got := kitEndOf(t, &LimitFetcher{Fetcher: source, Limit: limit})
				switch {
				case got.returned && !tt.want.returned:
					t.Fatalf("LimitFetcher.Fetch returned the error %v although the wrapped Fetcher ended %s; want it to end in the same way: "+
						"call the wrapped Fetcher in the same goroutine, and don't recover", got.err, tt.name)
				case got.panics != tt.want.panics:
					t.Fatalf("LimitFetcher.Fetch ended with the panic %v; want %v, as the wrapped Fetcher did", got.panics, tt.want.panics)
				case tt.want.err != nil:
					kitWantError(t, "LimitFetcher.Fetch", got.err, tt.want.err)
				}
				ctx, cancel := context.WithTimeout(t.Context(), 2*time.Second)
				defer cancel()
				script := t.Script("LimitFetcher.Fetch", "fetch", rehearsal.Call{Name: "points", Takes: time.Second, Returns: "20"})

				err := kitLimit(t, script, limit)[0].Fetch(ctx, kitAda, make(chan Result, 1))

				script.Returned()
				if errors.Is(err, context.DeadlineExceeded) {
					t.Fatalf("LimitFetcher.Fetch got no slot within 2s; want the only one at once: the fetch before, which ended %s, has not released it", tt.name)
				}
				script.WantElapsed(time.Second, "the time of the fetch, because the only slot was released")
				kitWantNoError(t, "LimitFetcher.Fetch", err)
			}))
			if !passed {
				return // where runtime.Goexit is lost, a panic may end the run
			}
		}
	}))

	// Select takes either of two cases that are ready, so there are a hundred
	// rounds. The context is slow: when Fetch looks, the slot is free and the
	// context is done, whatever Fetch looked at before.
	t.Run("asks nothing and holds no slot once its context is done", step.Bubble(func(t *rehearsal.T) {
		defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
		for round := range 100 {
			limit := kitNewLimit(t, 1)
			var late atomic.Bool // whether it was called with a context that was done
			source := kitFetchFunc(func(ctx context.Context, _ string, _ chan<- Result) error {
				if ctx.Err() != nil {
					late.Store(true)
				}
				time.Sleep(4 * time.Second)
				return nil
			})
			fetcher := &LimitFetcher{Fetcher: source, Limit: limit}
			go fetcher.Fetch(t.Context(), kitAda, make(chan Result, 1))
			time.Sleep(time.Second) // the only slot is taken meanwhile, until 4s
			ctx, cancel := context.WithTimeout(t.Context(), 2*time.Second)

			err := fetcher.Fetch(kitSlowContext{ctx}, kitAda, make(chan Result, 1))

			again := fetcher.Fetch(ctx, kitAda, make(chan Result, 1)) // ctx is done already
			if late.Load() {
				t.Fatalf("in round %d LimitFetcher.Fetch called the wrapped Fetcher after its context was done; want no call: "+
					"look at ctx.Err() once you have a slot, because select picks one at random if both cases are ready", round)
			}
			kitWantError(t, "LimitFetcher.Fetch", err, context.DeadlineExceeded)
			kitWantError(t, "LimitFetcher.Fetch", again, context.DeadlineExceeded)
			cancel()
			ctx, cancel = context.WithTimeout(t.Context(), time.Minute)
			if err := fetcher.Fetch(ctx, kitAda, make(chan Result, 1)); err != nil {
				t.Fatalf("in round %d LimitFetcher.Fetch returned the error %q; want nil: "+
					"the only slot must be free, because a fetch whose context is done holds none", round, err)
			}
			cancel()
		}
	}))

	t.Run("keeps its contract in random scenes", step.Scenes(kitLimitScene))
}

// A kitEnd is how a call of Fetch ended. If it did not return, nor panic, it ended
// its goroutine.
type kitEnd struct {
	returned bool
	err      error
	panics   any
}

// kitEndOf calls Fetch in its own goroutine, and returns how that ended.
func kitEndOf(t *rehearsal.T, fetcher Fetcher) kitEnd {
	ended := make(chan kitEnd)
	go func() {
		var end kitEnd
		defer func() {
			end.panics = recover()
			ended <- end
		}()
		end.err = fetcher.Fetch(t.Context(), kitAda, make(chan Result, 1))
		end.returned = true
	}()
	return <-ended
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
