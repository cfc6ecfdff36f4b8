package main

import (
	"time"

	"example.com/errgroup-workshop/internal/rehearsal"
)

// kitPartnerScene plays calls of one PartnerFetcher, and compares each with its
// contract.
func kitPartnerScene(s *rehearsal.Scene) {
	partner := &PartnerFetcher{Points: map[string]int{kitAda: 20, "": 7, "zero@example.com": 0}, Latency: s.Duration()}
	s.Say("the latency is %v", partner.Latency)

	s.Play(func(a *rehearsal.Act) {
		email := rehearsal.OneOf(s, kitAda, "zero@example.com", "", "unknown@example.com", " "+kitAda)
		points, known := partner.Points[email]
		a.Say("it is asked about %q", email)
		script := a.Script("PartnerFetcher.Fetch", "call")
		ctx := a.Context()
		_, ends := ctx.Ended()
		inbox := kitDrawInbox(a, "PartnerFetcher.Fetch", 1, ends != nil)

		var err error
		a.Do(func() {
			err = inbox.During(func(results chan<- Result) error { return partner.Fetch(ctx, email, results) })
		})

		a.Check(func() {
			results := inbox.Results()
			elapsed, _ := script.Elapsed()
			if !known && err == nil && elapsed == 0 {
				// It may know that without a call.
				kitWantSent(a, "PartnerFetcher.Fetch", results)
				return
			}
			var want []Result
			if known {
				want = append(want, Result{"loyalty_points", points})
			}
			kitWantDelivery(a, script, ctx, inbox, partner.Latency, "its latency", err, want)
		})
	})
}

// kitWantDelivery fails the scene unless a Fetcher has sent what it had to send
// when that was ready, or has returned the error of its context when that was done
// before somebody received.
func kitWantDelivery(a *rehearsal.Act, script *rehearsal.Script, ctx *rehearsal.Context, inbox *kitInbox,
	ready time.Duration, reason string, err error, want []Result) {
	end, ended := ctx.Ended()
	received, never := ready, false
	if len(want) > 0 {
		received, never = inbox.Takes(ready)
	}
	if ended != nil && (never || end <= received) {
		script.WantElapsed(end, "the moment at which its context was done")
		kitWantContextError(a, inbox.function, err, ended)
		kitWantSent(a, inbox.function, inbox.Results())
	} else {
		if received > ready {
			reason = "the moment at which somebody received"
		}
		script.WantElapsed(received, reason)
		if err != nil {
			a.Fatalf("%s returned the error %q; want nil", inbox.function, err)
		}
		kitWantSent(a, inbox.function, inbox.Results(), want...)
	}
	ctx.WantNothingLeft(inbox.function)
}
