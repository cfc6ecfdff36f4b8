package main

import (
	"context"
	"runtime"
	"strconv"
	"testing"
	"time"

	"go.uber.org/goleak"

	"example.com/errgroup-workshop/internal/rehearsal"
)

func TestPartnerFetcher(t *testing.T) {
	step := rehearsal.NewLadder(t)
	partner := &PartnerFetcher{Points: map[string]int{kitAda: 20, "new@example.com": 0}, Latency: 3 * time.Second}

	t.Run("sends the points after its latency", step.Bubble(func(t *rehearsal.T) {
		defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
		results := make(chan Result, 1)
		script := t.Script("PartnerFetcher.Fetch", "call")

		err := partner.Fetch(t.Context(), kitAda, results)

		script.WantElapsed(3*time.Second, "the latency: wait for it, then send the points")
		kitWantNoError(t, "PartnerFetcher.Fetch", err)
		kitWantResults(t, "PartnerFetcher.Fetch", kitDrain(results), Result{"loyalty_points", 20})
		kitWantOpen(t, "PartnerFetcher.Fetch", results)
	}))

	t.Run("sends zero points, and nothing for an unknown email", step.Bubble(func(t *rehearsal.T) {
		defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
		results := make(chan Result, 1)
		err := partner.Fetch(t.Context(), "new@example.com", results)
		kitWantNoError(t, "PartnerFetcher.Fetch", err)
		kitWantResults(t, "PartnerFetcher.Fetch", kitDrain(results), Result{"loyalty_points", 0})

		err = partner.Fetch(t.Context(), "unknown@example.com", results)
		kitWantNoError(t, "PartnerFetcher.Fetch", err)
		kitWantResults(t, "PartnerFetcher.Fetch for an unknown email", kitDrain(results))
	}))

	t.Run("stops the moment its context is done", step.Bubble(func(t *rehearsal.T) {
		defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
		ctx, cancel := rehearsal.CancelAfter(t.Context(), 2*time.Second)
		defer cancel()
		results := make(chan Result, 1)
		script := t.Script("PartnerFetcher.Fetch", "call")

		err := partner.Fetch(ctx, kitAda, results)

		script.WantElapsed(2*time.Second, "the moment at which its context was done")
		kitWantError(t, "PartnerFetcher.Fetch", err, context.Canceled)
		kitWantResults(t, "PartnerFetcher.Fetch", kitDrain(results))
	}))

	t.Run("doesn't wait for a receiver once its context is done", step.Bubble(func(t *rehearsal.T) {
		defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
		quick := &PartnerFetcher{Points: map[string]int{kitAda: 20}, Latency: time.Second}
		nobodyReceives := make(chan Result)
		ctx, cancel := rehearsal.CancelAfter(t.Context(), 2*time.Second)
		defer cancel()
		script := t.Script("PartnerFetcher.Fetch", "call")

		err := quick.Fetch(ctx, kitAda, nobodyReceives)

		script.WantElapsed(2*time.Second, "the moment at which its context was done: "+
			"until then somebody might still receive, so wait for that and for ctx.Done() in the same select")
		kitWantError(t, "PartnerFetcher.Fetch", err, context.Canceled)
	}))

	// Where a select finds both ready, chance decides: in a hundred rounds, both
	// ways. On one processor no goroutine of a time.AfterFunc makes the timer ready
	// while the select is on its way.
	t.Run("sends nothing if its context is already done", step.Bubble(func(t *rehearsal.T) {
		defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
		defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
		quick := &PartnerFetcher{Points: map[string]int{kitAda: 20}}
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		for range 100 {
			results := make(chan Result, 1)

			err := quick.Fetch(ctx, kitAda, results)

			if err == nil || len(results) > 0 {
				t.Fatalf("PartnerFetcher.Fetch sent the results %v and returned %s, although its context was already done; want no result, and %q: "+
					"when the context and the timer are both ready, a select picks one at random", kitDrain(results), kitQuoted(err), context.Canceled)
			}
			kitWantError(t, "PartnerFetcher.Fetch", err, context.Canceled)
		}
	}))

	t.Run("can be used by many goroutines at the same time", step.Bubble(func(t *rehearsal.T) {
		defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
		many := &PartnerFetcher{Points: make(map[string]int), Latency: time.Second}
		for i := range 40 {
			many.Points[strconv.Itoa(i)] = i
		}
		kitWantManyAtOnce(t, "PartnerFetcher.Fetch", many, func(i int) (email string, want []Result, err error) {
			return strconv.Itoa(i), []Result{{"loyalty_points", i}}, nil
		})
	}))

	t.Run("keeps its contract in random scenes", step.Scenes(kitPartnerScene))
}
