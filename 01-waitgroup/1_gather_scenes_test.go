package waitgroup

import (
	"slices"

	"example.com/errgroup-workshop/internal/rehearsal"
)

// kitGatherScene plays calls of Gather, and compares what they did with the
// contract.
func kitGatherScene(s *rehearsal.Scene) {
	s.Play(func(a *rehearsal.Act) {
		calls := a.Calls(a.Size(2000), rehearsal.Vary{Exits: true, Repeat: true})
		script := a.Script("Gather", "source", calls...)
		var got, returned []string
		a.Do(func() {
			got = Gather(script.Sources())
			returned = slices.Clone(got)
		})
		a.Check(func() {
			script.WantAllAtOnce()
			script.WantElapsed(rehearsal.Last(script.Made()), "the time of the slowest source")
			want := make([]string, len(calls))
			for i, call := range calls {
				if !call.Exits {
					want[i] = call.Returns
				}
			}
			kitWantAnswers(a.T, returned, want)
			if !slices.Equal(got, returned) {
				a.Fatalf("the slice that Gather returned has changed since, from %s to %s; want it to stay as it is: "+
					"make a new slice in each call", kitShort(returned), kitShort(got))
			}
		})
	})
}
