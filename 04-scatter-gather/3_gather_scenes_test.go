package main

import (
	"slices"
	"time"

	"example.com/errgroup-workshop/internal/rehearsal"
)

// kitGatherScene plays calls of Gather, and compares each with its contract.
func kitGatherScene(s *rehearsal.Scene) {
	s.Play(func(a *rehearsal.Act) {
		calls := a.Calls(a.Size(2000), rehearsal.Vary{Fails: true, Context: true, Repeat: true, Sends: true, Values: kitOddValues})
		script := a.Script("Gather", "fetch", calls...)
		ctx := a.Context()
		fetchers := kitFetchers(script)

		var got []Result
		var err error
		a.Do(func() { got, err = Gather(ctx, kitAda, fetchers) })

		a.Check(func() {
			made := script.Made()
			end, ended := ctx.Ended()
			doneAtOnce := ended != nil && end == 0
			if !doneAtOnce { // else a fetcher may be left out
				script.WantAllAtOnce()
			}
			script.WantElapsed(rehearsal.Last(made), "the moment at which the last fetch returned")
			kitWantArrivals(a, got, made)

			// The error that the first error set off in the others is never the first.
			failed := slices.DeleteFunc(slices.Clone(made), func(m rehearsal.Made) bool {
				return m.Canceled && (ended == nil || m.End < end)
			})
			wanted := rehearsal.First(failed)
			if complete := len(made) == len(calls); doneAtOnce && (err != nil || !complete) {
				wanted = append(wanted, ended)
			}
			a.WantOneOf("Gather", err, wanted, rehearsal.Errors(made), "the error that occurred first")

			script.WantContext(ctx)
			ctx.WantNothingLeft("Gather")
		})
	})
}

// kitWantArrivals fails the scene unless got holds what the calls sent, in the
// order of arrival. The order of what arrived at the same moment is open.
func kitWantArrivals(a *rehearsal.Act, got []Result, made []rehearsal.Made) {
	sent := slices.DeleteFunc(slices.Clone(made), func(m rehearsal.Made) bool { return !m.Sent })
	if len(got) != len(sent) {
		a.Fatalf("Gather returned %d results; want %d, one from each fetch that sent its value", len(got), len(sent))
	}
	var moments []time.Duration
	arrived := make(map[time.Duration][]Result)
	for _, m := range sent {
		if arrived[m.SentAt] == nil {
			moments = append(moments, m.SentAt)
		}
		arrived[m.SentAt] = append(arrived[m.SentAt], kitResult(m.Name, m.Value))
	}
	slices.Sort(moments)
	for _, moment := range moments {
		want := arrived[moment]
		for i, result := range got[:len(want)] {
			at := kitIndex(want, result)
			if at < 0 {
				a.Fatalf("Gather returned %s as result number %d; want %s, because the results come in the order of arrival",
					kitShort(result), len(sent)-len(got)+i+1, kitShort(want[i]))
			}
			want[at] = want[i] // each is taken once
		}
		got = got[len(want):]
	}
}
