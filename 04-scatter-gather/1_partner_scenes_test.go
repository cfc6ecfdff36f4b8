package main

import (
	"math"

	"example.com/errgroup-workshop/internal/rehearsal"
)

// kitPartnerScene plays calls of one PartnerFetcher, and compares each with its
// contract.
func kitPartnerScene(s *rehearsal.Scene) {
	// Ada has other points in each scene, so that none can be left of another one.
	points := map[string]int{kitAda: 1 + s.Number(1000), "Ada@Example.com": 7, "": 8, "zero@example.com": 0, "debt@example.com": -9, "rich@example.com": math.MaxInt}
	partner := &PartnerFetcher{Points: points, Latency: s.Duration()}
	s.Say("the latency is %v", partner.Latency)

	s.Play(func(a *rehearsal.Act) {
		email := rehearsal.OneOf(s, kitAda, "Ada@Example.com", "ADA@example.com", "zero@example.com", "debt@example.com", "rich@example.com", "", "unknown@example.com", " "+kitAda)
		points, known := partner.Points[email]
		if known {
			a.Say("it is asked about %q, who has %d", email, points)
		} else {
			a.Say("it is asked about %q, whom it doesn't know", email)
		}
		script := a.Script("PartnerFetcher.Fetch", "") // no calls: it takes the time
		ctx := a.Context()
		_, ends := ctx.Ended()
		inbox := kitDrawInbox(a, "PartnerFetcher.Fetch", 1, ends != nil)

		var err error
		a.Do(func() {
			err = inbox.During(func(results chan<- Result) error { return partner.Fetch(ctx, email, results) })
		})

		a.Check(func() {
			results := inbox.Results()
			if ctx.DoneBefore() && partner.Latency == 0 {
				return // a step looks at this, on one processor
			}
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
