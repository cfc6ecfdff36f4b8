package main

import (
	"testing"
	"time"

	"go.uber.org/goleak"

	"example.com/errgroup-workshop/internal/rehearsal"
)

func TestPartnerFetcher(t *testing.T) {
	partner := &PartnerFetcher{Points: map[string]int{kitAda: 20, "new@example.com": 0}, Latency: 3 * time.Second}

	t.Run("sends the points after its latency", rehearsal.Bubble(func(t *rehearsal.T) {
		defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
		results := make(chan Result, 1)
		script := t.Script("PartnerFetcher.Fetch", "call")

		err := partner.Fetch(t.Context(), kitAda, results)

		script.WantElapsed(3*time.Second, "the latency: wait for it, then send the points")
		kitWantNoError(t, "PartnerFetcher.Fetch", err)
		kitWantResults(t, "PartnerFetcher.Fetch", kitDrain(results), Result{"loyalty_points", 20})
		kitWantOpen(t, "PartnerFetcher.Fetch", results)
	}))

	t.Run("sends zero points, and nothing for an unknown email", rehearsal.Bubble(func(t *rehearsal.T) {
		defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
		results := make(chan Result, 1)
		err := partner.Fetch(t.Context(), "new@example.com", results)
		kitWantNoError(t, "PartnerFetcher.Fetch", err)
		kitWantResults(t, "PartnerFetcher.Fetch", kitDrain(results), Result{"loyalty_points", 0})

		err = partner.Fetch(t.Context(), "unknown@example.com", results)
		kitWantNoError(t, "PartnerFetcher.Fetch", err)
		kitWantResults(t, "PartnerFetcher.Fetch for an unknown email", kitDrain(results))
	}))

	t.Run("stops the moment its context is done", func(t *testing.T) {
		for _, tt := range kitEndings {
			t.Run(tt.name, rehearsal.Bubble(func(t *rehearsal.T) {
				defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
				ctx, cancel := tt.end(t.Context())
				defer cancel()
				results := make(chan Result, 1)
				script := t.Script("PartnerFetcher.Fetch", "call")

				err := partner.Fetch(ctx, kitAda, results)

				script.WantElapsed(2*time.Second, "the moment at which its context was done")
				kitWantError(t, "PartnerFetcher.Fetch", err, tt.err)
				kitWantResults(t, "PartnerFetcher.Fetch", kitDrain(results))
			}))
		}
	})

	t.Run("waits for a receiver while its context lives", rehearsal.Bubble(func(t *rehearsal.T) {
		kitWantWaitForReceiver(t, "PartnerFetcher.Fetch", partner, Result{"loyalty_points", 20})
	}))

	t.Run("doesn't wait for a receiver once its context is done", rehearsal.Bubble(func(t *rehearsal.T) {
		defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
		quick := &PartnerFetcher{Points: map[string]int{kitAda: 20}, Latency: time.Second}
		nobodyReceives := make(chan Result)
		ctx, cancel := kitEndings[0].end(t.Context())
		defer cancel()
		script := t.Script("PartnerFetcher.Fetch", "call")

		err := quick.Fetch(ctx, kitAda, nobodyReceives)

		script.WantElapsed(2*time.Second, "the moment at which its context was done: "+
			"until then somebody might still receive, so wait for that and for ctx.Done() in the same select")
		kitWantError(t, "PartnerFetcher.Fetch", err, kitEndings[0].err)
	}))
}
