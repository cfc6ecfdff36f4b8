package withcontext

import (
	"context"
	"slices"
	"time"

	"example.com/errgroup-workshop/internal/rehearsal"
)

// kitFetchAllScene says what the contract of FetchAll wants in a random scene.
func kitFetchAllScene(s *rehearsal.Scene) {
	s.Play(func(a *rehearsal.Act) {
		calls := a.Calls(a.Size(2000), rehearsal.Vary{Fails: true, Repeat: true, Context: true})
		script := a.Script("FetchAll", "fetch", calls...)
		ctx := a.Context()
		keys := script.Keys()

		var got []string
		var err error
		a.Do(func() { got, err = FetchAll(ctx, keys, script.FetchContext) })

		a.Check(func() {
			if elapsed, underWay := script.Elapsed(); underWay > 0 {
				a.Fatalf("FetchAll returned after %v, while %d of its fetches ran on; want it to wait for all of them", elapsed, underWay)
			}
			if ctx.DoneBefore() {
				script.WantNoCall("the context was already done")
			}
			made := script.Made()
			stop, wanted := kitStop(ctx, made)
			if stop != 0 { // else a fetch may be left out that had not begun
				script.WantAllAtOnce()
			}
			kitWantStopped(a, made, stop)
			script.WantElapsed(rehearsal.Last(made), "the end of the last fetch")
			// Where no fetch has failed although the context ended, FetchAll has
			// all the values, and may return them.
			if complete := len(made) == len(calls) && len(rehearsal.Errors(made)) == 0; err != nil || !complete {
				others := append(rehearsal.Errors(made), context.Canceled, context.DeadlineExceeded)
				a.WantOneOf("FetchAll", err, wanted, others, "the error that occurred first")
				kitWantNoValues(a.T, got)
			} else if want := script.ValuesLike(got); !slices.Equal(got, want) {
				a.Fatalf("FetchAll returned %.100q; want %.100q, in the order of keys", got, want)
			}
			if !slices.Equal(keys, script.Keys()) {
				a.Fatalf("FetchAll changed the keys that it was given to %.40q; want them as they were", keys)
			}
			script.WantContext(ctx)
			ctx.WantNothingLeft("FetchAll")
		})
	})
}

// kitStop returns when the first failure or the end of the context stopped the
// fetches, -1 for never, and the errors that occurred first.
func kitStop(ctx *rehearsal.Context, made []rehearsal.Made) (stop time.Duration, wanted []error) {
	var own, canceled []rehearsal.Made
	for _, m := range made {
		if m.Canceled {
			canceled = append(canceled, m)
		} else {
			own = append(own, m)
		}
	}
	stop, wanted = kitFirstFailure(own), rehearsal.First(own)
	end, ended := ctx.Ended()
	if ended == nil || !ctx.DoneBefore() && end > rehearsal.Last(made) || stop >= 0 && stop < end {
		return stop, wanted
	}
	if stop > end && len(canceled) > 0 {
		wanted = nil // it came later than the error of a fetch that was canceled
	}
	return end, slices.Concat([]error{ended}, rehearsal.Errors(canceled), wanted)
}

// kitWantStopped fails the scene unless each fetch that was under way at the stop
// was canceled then, and none before.
func kitWantStopped(a *rehearsal.Act, made []rehearsal.Made, stop time.Duration) {
	for _, m := range made {
		switch {
		case m.Canceled && stop < 0:
			a.Fatalf("the fetch %q was canceled after %v; want it to run to its end, because nothing had failed", m.Name, m.End)
		case m.Canceled && m.End < stop:
			a.Fatalf("the fetch %q was canceled after %v; want it to run on until %v, when the first failure or the end of the context came", m.Name, m.End, stop)
		case stop >= 0 && m.End > stop && !m.Ignores:
			a.Fatalf("the fetch %q ran until %v; want it canceled after %v, when the first failure or the end of the context came", m.Name, m.End, stop)
		}
	}
}
