package waitgroup

import (
	"maps"

	"example.com/errgroup-workshop/internal/rehearsal"
)

// kitTallyScene plays calls of Tally, and compares what they did with the
// contract.
func kitTallyScene(s *rehearsal.Scene) {
	s.Play(func(a *rehearsal.Act) {
		calls := a.Calls(a.Size(2000), rehearsal.Vary{Exits: true})
		answers := []string{"yes", "no", "", "Yes", " ", "yes "}
		answers = answers[:1+a.Number(len(answers))]
		for i := range calls {
			if !a.Percent(20) { // else an answer that no other source gives
				calls[i].Returns = rehearsal.OneOf(a.Scene, answers...)
			}
		}
		script := a.Script("Tally", "source", calls...)
		var got, returned map[string]int
		a.Do(func() {
			got = Tally(script.Sources())
			returned = maps.Clone(got)
		})
		a.Check(func() {
			script.WantAllAtOnce()
			script.WantElapsed(rehearsal.Last(script.Made()), "the time of the slowest source")
			want := make(map[string]int)
			for _, call := range calls {
				if !call.Exits {
					want[call.Returns]++
				}
			}
			kitWantCounts(a.T, returned, want)
			if !maps.Equal(got, returned) {
				a.Fatalf("the map that Tally returned has changed since, from %v to %v; want it to stay as it is: "+
					"make a new map in each call", returned, got)
			}
		})
	})
}
