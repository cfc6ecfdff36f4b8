package main

import (
	"errors"
	"math"
	"slices"
	"time"

	"example.com/errgroup-workshop/internal/rehearsal"
)

// kitHedgeScene plays a scene with one HedgeFetcher, which up to three calls use,
// one after another or overlapping.
func kitHedgeScene(s *rehearsal.Scene) {
	source := kitNewInTurn(s, "HedgeFetcher.Fetch", "request")
	after := s.Duration() * rehearsal.OneOf[time.Duration](s, 1, 1, 1, 1, -1)
	s.Say("After is %v", after)
	hedge := &HedgeFetcher{Fetcher: source, After: after}

	s.Play(func(a *rehearsal.Act) {
		email, script, _ := source.draw(a, 2, rehearsal.Vary{Fails: true, Context: true})
		ctx := a.Context()
		_, ends := ctx.Ended()
		in := kitDrawInbox(a, "HedgeFetcher.Fetch", 1, ends != nil)
		var err error
		a.Do(func() {
			err = in.During(func(results chan<- Result) error { return hedge.Fetch(ctx, email, results) })
		})
		a.Check(func() {
			results, made := in.Results(), script.Made()
			script.WantContext(ctx)
			ctx.WantNothingLeft("HedgeFetcher.Fetch")
			if _, ended := ctx.Ended(); ctx.DoneBefore() {
				script.WantNoCall("its context was already done")
				script.WantElapsed(0, "because its context was already done")
				kitWantError(s, "HedgeFetcher.Fetch", err, ended)
				return
			}
			d := kitDecideHedge(made, ctx)
			kitWantHedgeRequests(a, made, max(after, 0), d)

			// A result is passed on when somebody receives it, if that is not too late.
			returns, end, ended := d.at, time.Duration(0), error(nil)
			if end, ended = ctx.Ended(); d.by == kitAnswer && len(d.results) > 0 && !(d.nothing && err == nil && len(results) == 0) {
				received, never := in.Takes(d.at)
				if returns = received; ended != nil && (never || received > end) {
					d.by, d.what, returns = kitContextEnd, "its context was done, and nobody had received the result", end
				}
			}
			script.WantElapsed(returns, "the moment at which "+d.what)
			switch {
			case d.tie && (err == nil || slices.ContainsFunc(rehearsal.Errors(made), func(failed error) bool { return errors.Is(err, failed) })):
			case d.by == kitContextEnd:
				kitWantError(s, "HedgeFetcher.Fetch", err, ended)
				d.results = nil
			case d.by == kitFailures:
				a.WantOneOf("HedgeFetcher.Fetch", err, rehearsal.First(made), rehearsal.Errors(made), "the error that occurred first")
			case err != nil:
				a.Fatalf("HedgeFetcher.Fetch returned the error %q; want nil, because %s after %v", err, d.what, d.at)
			}
			if len(results) > min(1, len(d.results)) || len(results) == 1 && kitIndex(d.results, results[0]) < 0 ||
				len(results) == 0 && len(d.results) > 0 && !d.tie {
				a.Fatalf("HedgeFetcher.Fetch gave the results %v, and returned the error %v; want the results %v", results, err, d.results)
			}
		})
	})
}

// A kitDecision is what decides a call of HedgeFetcher.Fetch.
type kitDecision struct {
	by      int           // one of the constants below
	what    string        // in words
	at      time.Duration // since the call began
	results []Result      // of the answer; one, unless two arrive at the same moment
	nothing bool          // an answer without a result arrives then
	tie     bool          // something else happens at the same moment: chance decides
}

const (
	kitContextEnd = iota
	kitAnswer
	kitFailures
)

// kitDecideHedge finds out what was the first to decide a call, given the requests
// that were made.
func kitDecideHedge(made []rehearsal.Made, ctx *rehearsal.Context) kitDecision {
	d := kitDecision{what: "nothing had happened", at: math.MaxInt64}
	if end, ended := ctx.Ended(); ended != nil {
		d.what, d.at = "its context was done", end
	}
	var failed []time.Duration
	for _, m := range made {
		at := m.End
		switch {
		case m.Sent:
			at = m.SentAt
		case m.Running:
			continue
		case m.Err != nil:
			failed = append(failed, at)
			continue
		}
		switch {
		case at > d.at:
			continue
		case at < d.at:
			d = kitDecision{by: kitAnswer, what: "the first answer arrived", at: at}
		default:
			d.tie = true
		}
		if m.Sent {
			d.results = append(d.results, kitResult(m.Name, m.Value))
		} else {
			d.nothing = true
		}
	}
	switch {
	case len(failed) == 2 && slices.Max(failed) < d.at:
		d = kitDecision{by: kitFailures, what: "both requests had failed", at: slices.Max(failed)}
	case len(failed) == 2 && slices.Max(failed) == d.at:
		d.tie = true
	}
	return d
}

// kitWantHedgeRequests fails the scene unless the requests were made, and
// canceled, when they should have been.
func kitWantHedgeRequests(a *rehearsal.Act, made []rehearsal.Made, after time.Duration, d kitDecision) {
	if len(made) == 0 || made[0].Start > 0 {
		a.Fatalf("HedgeFetcher.Fetch made no request at once; want one")
	}
	second, why := after, "because no answer had arrived by then"
	if first := made[0]; first.Err != nil && !first.Canceled && first.End < second && first.End <= d.at {
		second, why = first.End, "because the first request had failed"
	}
	switch {
	case len(made) > 2:
		a.Fatalf("HedgeFetcher.Fetch made %d requests; want two at most", len(made))
	case len(made) == 1 && second < d.at:
		a.Fatalf("HedgeFetcher.Fetch made no second request; want one after %v, %s", second, why)
	case len(made) == 2 && second > d.at:
		a.Fatalf("HedgeFetcher.Fetch made a second request after %v; want none, because %s after %v", made[1].Start, d.what, d.at)
	case len(made) == 2 && made[1].Start != second:
		a.Fatalf("HedgeFetcher.Fetch made the second request after %v; want it after %v, %s", made[1].Start, second, why)
	}
	for _, m := range made {
		if m.Canceled && m.End != d.at {
			a.Fatalf("the context of %q was canceled after %v; want it canceled after %v, the moment at which %s", m.Name, m.End, d.at, d.what)
		}
	}
}
