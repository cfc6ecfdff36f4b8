package main

import (
	"errors"
	"math"
	"slices"
	"time"

	"example.com/errgroup-workshop/internal/rehearsal"
)

// kitRetryScene plays a scene with one RetryFetcher, which up to three calls use,
// one after another or overlapping.
func kitRetryScene(s *rehearsal.Scene) {
	source := kitNewInTurn(s, "RetryFetcher.Fetch", "try")
	tries := s.Size(300) * rehearsal.OneOf(s, 1, 1, 1, 1, -1)
	wait := s.Duration() * rehearsal.OneOf[time.Duration](s, 1, 1, 1, 1, -1)
	wait = min(wait, math.MaxInt64>>min(63, max(0, tries)+4)) // all waits together are less than 100 years
	constant := s.Duration()
	jitter := rehearsal.OneOf(s, kitJitters...)
	retry := &RetryFetcher{Fetcher: source, Tries: tries, Wait: wait}
	s.Say("Tries is %d", tries)
	s.Say("Wait is %v", wait)
	switch {
	case jitter.returns != nil:
		retry.Jitter = func(d time.Duration) time.Duration { return jitter.returns(d, constant) }
		s.Say("Jitter returns %s (c is %v)", jitter.text, constant)
	default:
		s.Say("Jitter is nil")
	}
	waits := func(wait time.Duration) (shortest, longest time.Duration) {
		if jitter.returns == nil {
			return wait / 2, wait
		}
		d := max(0, jitter.returns(wait, constant))
		return d, d
	}

	s.Play(func(a *rehearsal.Act) {
		email, script, stubborn := source.draw(a, min(a.Size(300), max(tries, 1)+1), rehearsal.Vary{Fails: true, Context: true})
		ctx := a.Context()
		_, ends := ctx.Ended()
		in := kitDrawInbox(a, "RetryFetcher.Fetch", 1, ends != nil && !stubborn)
		var err error
		a.Do(func() {
			err = in.During(func(results chan<- Result) error { return retry.Fetch(ctx, email, results) })
		})
		a.Check(func() {
			results, made := in.Results(), script.Made()
			script.WantDerived(ctx)
			ctx.WantNothingLeft("RetryFetcher.Fetch")
			end, ended := ctx.Ended()
			if ctx.DoneBefore() {
				script.WantNoCall("its context was already done")
				script.WantElapsed(0, "because its context was already done")
				kitWantError(s, "RetryFetcher.Fetch", err, ended)
				return
			}
			if elapsed, n := script.Elapsed(); n > 0 {
				a.Fatalf("RetryFetcher.Fetch returned after %v, while a try ran on; want it to wait for the try", elapsed)
			}

			// Each try begins a wait after the one before it has failed.
			if len(made) == 0 || made[0].Start > 0 {
				a.Fatalf("RetryFetcher.Fetch didn't ask at once; want the first try at once")
			}
			var shortest, longest time.Duration
			next := max(wait, 0)
			for i, m := range made {
				switch {
				case i == 0:
				case made[i-1].Err == nil:
					a.Fatalf("RetryFetcher.Fetch asked again after try %d had succeeded; want no more tries", i)
				case i >= max(tries, 1):
					a.Fatalf("RetryFetcher.Fetch asked %d times; want %d at most", len(made), max(tries, 1))
				case ended != nil && m.Start > end:
					a.Fatalf("RetryFetcher.Fetch began try %d after %v; want no try after %v, because its context was done then", i+1, m.Start, end)
				case m.Start < made[i-1].End+shortest || m.Start > made[i-1].End+longest:
					a.Fatalf("RetryFetcher.Fetch waited %v before try %d; want %s", m.Start-made[i-1].End, i+1, kitWaitText(shortest, longest))
				}
				if m.Canceled && (ended == nil || m.End != end) {
					a.Fatalf("the context of try %d was canceled after %v; want it to live as long as the one RetryFetcher.Fetch got", i+1, m.End)
				}
				shortest, longest = waits(next)
				next *= 2
			}

			// What the last try has led to.
			last := made[len(made)-1]
			var want []Result
			switch done := ended != nil && last.End >= end; {
			case last.Err == nil:
				returns := last.End
				if last.Sent {
					received, never := in.Takes(last.SentAt)
					returns = max(last.End, received)
					if ended != nil && (never || received > end) && err != nil { // it has a channel of its own for the result
						script.WantElapsed(max(last.End, end), "the moment at which its context was done")
						kitWantError(s, "RetryFetcher.Fetch", err, ended)
						break
					}
					want = []Result{kitResult(last.Name, last.Value)}
				}
				script.WantElapsed(returns, "the moment at which a try succeeded")
				kitWantNoError(s, "RetryFetcher.Fetch", err)
			case done && (last.End > end || last.Canceled || !errors.Is(err, last.Err) || len(made) < tries):
				script.WantElapsed(last.End, "the moment at which the last try failed")
				kitWantError(s, "RetryFetcher.Fetch", err, ended)
			case len(made) >= tries:
				script.WantElapsed(last.End, "the moment at which the last try failed")
				a.WantOneOf("RetryFetcher.Fetch", err, []error{last.Err}, rehearsal.Errors(made), "the error of the last try")
			case ended == nil || end > last.End+longest:
				a.Fatalf("RetryFetcher.Fetch asked %d times and returned the error %s; want up to %d tries", len(made), kitQuoted(err), tries)
			default:
				script.WantElapsed(end, "the moment at which its context was done, while it waited")
				kitWantError(s, "RetryFetcher.Fetch", err, ended)
			}
			if !slices.EqualFunc(results, want, kitSame) {
				a.Fatalf("RetryFetcher.Fetch gave the results %v; want %v", results, want)
			}
		})
	})
	if retry.Wait != wait || retry.Tries != tries {
		s.Fatalf("RetryFetcher.Fetch changed its fields Wait and Tries to %v and %d; want %v and %d: the next call needs them as they were", retry.Wait, retry.Tries, wait, tries)
	}
}

// kitJitters are functions for the field Jitter. What they return depends on the
// wait d alone, and on a constant of the scene, c.
var kitJitters = []struct {
	text    string
	returns func(d, c time.Duration) time.Duration
}{
	{"each wait as it is", func(d, _ time.Duration) time.Duration { return d }},
	{"a third of each wait", func(d, _ time.Duration) time.Duration { return d / 3 }},
	{"c", func(_, c time.Duration) time.Duration { return c }},
	{"each wait and c", func(d, c time.Duration) time.Duration { return max(0, d) + c }},
	{"less than 0", func(d, c time.Duration) time.Duration { return -max(0, d) - c }},
	{}, // no Jitter
	{},
}

func kitWaitText(shortest, longest time.Duration) string {
	if shortest == longest {
		return shortest.String()
	}
	return "from " + shortest.String() + " to " + longest.String()
}
