package main

import (
	"testing"
	"time"

	"go.uber.org/goleak"

	"example.com/errgroup-workshop/internal/rehearsal"
)

func TestPartnerFetcher(t *testing.T) {
	partner := &PartnerFetcher{Points: map[string]int{ada: 20, "new@example.com": 0}, Latency: 3 * time.Second}

	t.Run("sends the points after its latency", rehearsal.Bubble(func(t *rehearsal.T) {
		defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
		results := make(chan Result, 1)
		script := t.Script("PartnerFetcher.Fetch", "call")

		err := partner.Fetch(t.Context(), ada, results)

		script.WantElapsed(3*time.Second, "the latency: wait for it, then send the points")
		wantNoError(t, "PartnerFetcher.Fetch", err)
		wantResults(t, "PartnerFetcher.Fetch", drain(results), Result{"loyalty_points", 20})
		wantOpen(t, "PartnerFetcher.Fetch", results)
	}))

	t.Run("sends zero points, and nothing for an unknown email", rehearsal.Bubble(func(t *rehearsal.T) {
		defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
		results := make(chan Result, 1)
		err := partner.Fetch(t.Context(), "new@example.com", results)
		wantNoError(t, "PartnerFetcher.Fetch", err)
		wantResults(t, "PartnerFetcher.Fetch", drain(results), Result{"loyalty_points", 0})

		err = partner.Fetch(t.Context(), "unknown@example.com", results)
		wantNoError(t, "PartnerFetcher.Fetch", err)
		wantResults(t, "PartnerFetcher.Fetch for an unknown email", drain(results))
	}))

	t.Run("stops the moment its context is done", func(t *testing.T) {
		for _, tt := range endings {
			t.Run(tt.name, rehearsal.Bubble(func(t *rehearsal.T) {
				defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
				ctx, cancel := tt.end(t.Context())
				defer cancel()
				results := make(chan Result, 1)
				script := t.Script("PartnerFetcher.Fetch", "call")

				err := partner.Fetch(ctx, ada, results)

				script.WantElapsed(2*time.Second, "the moment at which its context was done")
				wantError(t, "PartnerFetcher.Fetch", err, tt.err)
				wantResults(t, "PartnerFetcher.Fetch", drain(results))
			}))
		}
	})

	t.Run("waits for a receiver while its context lives", rehearsal.Bubble(func(t *rehearsal.T) {
		wantWaitForReceiver(t, "PartnerFetcher.Fetch", partner, Result{"loyalty_points", 20})
	}))

	t.Run("doesn't wait for a receiver once its context is done", rehearsal.Bubble(func(t *rehearsal.T) {
		defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
		quick := &PartnerFetcher{Points: map[string]int{ada: 20}, Latency: time.Second}
		nobodyReceives := make(chan Result)
		ctx, cancel := endings[0].end(t.Context())
		defer cancel()
		script := t.Script("PartnerFetcher.Fetch", "call")

		err := quick.Fetch(ctx, ada, nobodyReceives)

		script.WantElapsed(2*time.Second, "the moment at which its context was done: "+
			"until then somebody might still receive, so wait for that and for ctx.Done() in the same select")
		wantError(t, "PartnerFetcher.Fetch", err, endings[0].err)
	}))
}
