package main

import (
	"context"
	"fmt"
	"runtime"
	"sync/atomic"
	"testing"
	"time"

	"go.uber.org/goleak"
	"golang.org/x/sync/errgroup"

	"example.com/errgroup-workshop/internal/rehearsal"
)

func TestCacheFetcher(t *testing.T) {
	kitBeginExtra(t, extraCache, "extraCache")
	step := rehearsal.NewLadder(t)

	t.Run("asks the wrapped Fetcher once about an email, and then answers from memory", step.Bubble(func(t *rehearsal.T) {
		defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
		script := t.Script("CacheFetcher.Fetch", "call",
			rehearsal.Call{Name: kitAda, Takes: 3 * time.Second, Returns: "20"},
			rehearsal.Call{Name: kitBob, Takes: time.Second, Returns: "7"},
		)
		script.OneAfterAnother()
		cache := &CacheFetcher{Fetcher: kitByEmail(script)}
		for range 3 {
			results := make(chan Result, 3)
			for _, email := range []string{kitAda, kitBob} {
				err := cache.Fetch(t.Context(), email, results)
				kitWantNoError(t, "CacheFetcher.Fetch", err)
			}
			script.WantElapsed(4*time.Second, "the time of the two calls")
			kitWantResults(t, "CacheFetcher.Fetch", kitDrain(results), Result{kitAda, "20"}, Result{kitBob, "7"})
			kitWantOpen(t, "CacheFetcher.Fetch", results)
			script.WantEachCalledOnce()
			time.Sleep(10_000 * time.Hour) // it never forgets
		}
	}))

	t.Run("remembers that the source knows nothing", step.Bubble(func(t *rehearsal.T) {
		defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
		source := kitCalls(t, rehearsal.Call{Takes: 3 * time.Second})
		cache := &CacheFetcher{Fetcher: source}
		results := make(chan Result, 2)
		for range 2 {
			err := cache.Fetch(t.Context(), kitAda, results)
			kitWantNoError(t, "CacheFetcher.Fetch", err)
		}
		source.wantAsked("once: nil without a result is an answer too, and another CacheFetcher has another memory", 0)
		kitWantResults(t, "CacheFetcher.Fetch", kitDrain(results))
	}))

	t.Run("asks again after an error", step.Bubble(func(t *rehearsal.T) {
		defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
		source := kitCalls(t, rehearsal.Call{Takes: time.Second, Fails: rehearsal.ErrEarly}, rehearsal.Call{Takes: time.Second, Returns: "20"})
		cache := &CacheFetcher{Fetcher: source}
		results := make(chan Result, 2)

		err := cache.Fetch(t.Context(), kitAda, results)
		kitWantError(t, "CacheFetcher.Fetch", err, rehearsal.ErrEarly)
		err = cache.Fetch(t.Context(), kitAda, results)
		kitWantNoError(t, "CacheFetcher.Fetch", err)
		source.wantAsked("a second time after the error, because an error is no answer", 0, time.Second)
		kitWantResults(t, "CacheFetcher.Fetch", kitDrain(results), Result{"call 2", "20"})
	}))

	t.Run("asks once for all callers that wait, and gives each of them the result", step.Bubble(func(t *rehearsal.T) {
		defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
		source := kitCalls(t, rehearsal.Call{Takes: 3 * time.Second, Returns: "20"})
		cache := &CacheFetcher{Fetcher: source}
		var g errgroup.Group
		results := make(chan Result, 10)
		for i := range 5 {
			g.Go(func() error {
				time.Sleep(time.Duration(i) * 100 * time.Millisecond)
				return cache.Fetch(t.Context(), kitAda, results)
			})
		}

		err := g.Wait()

		source.wantAsked("once for all five callers", 0)
		source.WantElapsed(3*time.Second, "the end of the call that all of them wait for")
		kitWantNoError(t, "CacheFetcher.Fetch", err)
		same := Result{"call 1", "20"}
		kitWantResults(t, "CacheFetcher.Fetch, called five times,", kitDrain(results), same, same, same, same, same)
	}))

	t.Run("lets callers with different emails ask at the same time", step.Bubble(func(t *rehearsal.T) {
		defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
		script := t.Script("CacheFetcher.Fetch", "fetch",
			rehearsal.Call{Name: kitAda, Takes: 3 * time.Second, Returns: "20"},
			rehearsal.Call{Name: kitBob, Takes: 1 * time.Second, Returns: "7"},
		)
		cache := &CacheFetcher{Fetcher: kitByEmail(script)}
		results := make(chan Result, 4)
		var g errgroup.Group
		for i, email := range []string{kitAda, kitBob} {
			g.Go(func() error {
				time.Sleep(time.Duration(i) * time.Second) // bob comes second
				return cache.Fetch(t.Context(), email, results)
			})
		}

		err := g.Wait()

		script.WantElapsed(3*time.Second, "the time of the slower fetch")
		kitWantNoError(t, "CacheFetcher.Fetch", err)
		kitWantResults(t, "CacheFetcher.Fetch", kitDrain(results), Result{kitBob, "7"}, Result{kitAda, "20"})
	}))

	t.Run("returns the moment its context is done, while the call continues", step.Bubble(func(t *rehearsal.T) {
		defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
		script := t.Script("CacheFetcher.Fetch", "call",
			rehearsal.Call{Name: kitAda, Takes: 3 * time.Second, Returns: "20"},
			rehearsal.Call{Name: kitBob, Takes: 4 * time.Second, Returns: "7"},
		)
		cache := &CacheFetcher{Fetcher: kitByEmail(script)}
		ctx, cancel := context.WithTimeout(t.Context(), 2*time.Second)
		defer cancel()
		left, stayed := make(chan error, 1), make(chan error, 1)
		nothing, results := make(chan Result, 2), make(chan Result, 2)
		go func() { left <- cache.Fetch(ctx, kitBob, nothing) }() // all who ask about bob leave
		go func() {
			time.Sleep(time.Second)
			stayed <- cache.Fetch(t.Context(), kitAda, results)
		}()

		err := cache.Fetch(ctx, kitAda, nothing) // begins the call

		script.WantElapsed(2*time.Second, "the moment at which its context was done")
		kitWantError(t, "CacheFetcher.Fetch", err, context.DeadlineExceeded)
		kitWantError(t, "CacheFetcher.Fetch", <-left, context.DeadlineExceeded)
		kitWantNoError(t, "for the caller that stayed CacheFetcher.Fetch", <-stayed)
		kitWantResults(t, "CacheFetcher.Fetch", kitDrain(results), Result{kitAda, "20"})
		time.Sleep(5 * time.Second)
		kitWantNothingLate(t, "CacheFetcher.Fetch", nothing)
		kitWantNoError(t, "CacheFetcher.Fetch", cache.Fetch(t.Context(), kitBob, results))
		if n := len(script.Made()); n > 2 {
			t.Fatalf("CacheFetcher.Fetch asked %d times; want once about each email, because the answer is remembered even if all callers have left", n)
		}
		kitWantResults(t, "CacheFetcher.Fetch", kitDrain(results), Result{kitBob, "7"})
	}))

	t.Run("asks nothing and sends nothing when its context is already done", step.Bubble(func(t *rehearsal.T) {
		defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
		script := t.Script("CacheFetcher.Fetch", "fetch", rehearsal.Call{Name: kitAda, Returns: "20"})
		cache := &CacheFetcher{Fetcher: kitByEmail(script)}
		results := make(chan Result, 100)
		ctx, cancel := context.WithCancel(t.Context())
		cancel()

		err := cache.Fetch(ctx, kitAda, results)

		time.Sleep(time.Second) // a goroutine that was started has begun meanwhile
		script.WantNoCall("its context was already done")
		kitWantError(t, "CacheFetcher.Fetch", err, context.Canceled)
		kitWantNoError(t, "CacheFetcher.Fetch", cache.Fetch(t.Context(), kitAda, make(chan Result, 1)))
		for range 100 { // a select that could send takes either
			kitWantError(t, "CacheFetcher.Fetch, with an answer in memory,", cache.Fetch(ctx, kitAda, results), context.Canceled)
		}
		kitWantResults(t, "CacheFetcher.Fetch", kitDrain(results))
	}))

	t.Run("delays nobody while it waits for a receiver", step.Bubble(func(t *rehearsal.T) {
		defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
		source := kitFetchFunc(func(ctx context.Context, email string, results chan<- Result) error {
			results <- Result{"email", email}
			return nil
		})
		cache := &CacheFetcher{Fetcher: source}
		done := make(chan error, 4)
		fetch := func(email string, results chan Result) {
			go func() { done <- cache.Fetch(t.Context(), email, results) }()
			t.Settle()
		}
		late := make(chan Result)
		fetch(kitAda, late) // after a call
		fetch(kitAda, late) // from memory
		fetch(kitBob, make(chan Result, 1))
		fetch(kitAda, make(chan Result, 1))
		served := len(done)
		for range 2 { // somebody receives at last
			select {
			case <-late:
			case <-time.After(time.Hour):
				t.Fatalf("CacheFetcher.Fetch sent nothing to a receiver that came late; want its result")
			}
		}
		for range cap(done) {
			kitWantNoError(t, "CacheFetcher.Fetch", <-done)
		}
		if served != 2 {
			t.Fatalf("while two callers waited for a receiver, CacheFetcher.Fetch returned for %d of two others; want both at once: "+
				"hold no lock while you send, and don't send inside the shared call", served)
		}
	}))

	// Chance decides whether a caller looks into memory just before the answer
	// is there, and asks just after the call has ended: in 40 of 10,000 rounds on
	// a busy machine with two processors. There are more processors than the
	// machine has, so that the system interrupts some goroutines.
	t.Run("asks once for callers that come as a call ends", step.Bubble(func(t *rehearsal.T) {
		defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
		defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(16))
		var asked atomic.Int64
		source := kitFetchFunc(func(_ context.Context, email string, results chan<- Result) error {
			asked.Add(1)
			results <- Result{"email", email}
			return nil
		})
		cache := &CacheFetcher{Fetcher: source}
		rounds := 4000
		if rehearsal.RaceEnabled {
			rounds = 300
		}
		email := func(round int) string { return fmt.Sprintf("customer%d@example.com", round) }
		for round := range rounds {
			asked.Store(0)
			var g errgroup.Group
			for range 3 {
				g.Go(func() error { return cache.Fetch(t.Context(), email(round), make(chan Result, 1)) })
			}
			kitWantNoError(t, "CacheFetcher.Fetch", g.Wait())
			if n := asked.Load(); n != 1 {
				t.Fatalf("CacheFetcher.Fetch asked the wrapped Fetcher %d times about %s; want once: "+
					"the call may end between your look into memory and your own call, so look again once no other call can be under way", n, email(round))
			}
		}
		for round := range rounds {
			cache.Fetch(t.Context(), email(round), make(chan Result, 1))
		}
		if n := asked.Load() - 1; n > 0 {
			t.Fatalf("CacheFetcher.Fetch asked the wrapped Fetcher again about %d of %d emails; want none: it never forgets an answer", n, rounds)
		}
	}))

	t.Run("keeps its contract in random scenes", step.Scenes(kitCacheScene))
}

// kitCalls returns a Fetcher that does in each call what the next one says.
func kitCalls(t *rehearsal.T, calls ...rehearsal.Call) *kitSequence {
	return kitNewSequence(t, "CacheFetcher.Fetch", "call", calls...)
}

// kitByEmail returns a Fetcher that does what the script's call with the name of
// the email says.
func kitByEmail(script *rehearsal.Script) Fetcher {
	return kitFetchFunc(func(ctx context.Context, email string, results chan<- Result) error {
		return kitScriptedFetcher{script, email}.Fetch(ctx, email, results)
	})
}
