package errgroups

import (
	"math"
	"slices"

	"example.com/errgroup-workshop/internal/rehearsal"
)

// kitFetchLimitScene plays calls of FetchLimit, and compares what they did with
// the contract.
func kitFetchLimitScene(s *rehearsal.Scene) {
	s.Play(func(a *rehearsal.Act) {
		script := a.Script("FetchLimit", "fetch", a.Calls(a.Size(2000), rehearsal.Vary{Fails: true, Repeat: true})...)
		keys := script.Keys()
		n := len(keys)
		limit := rehearsal.OneOf(a.Scene, 1, 2, 3, 4, 1+n/2, n-1, n, n+1, 10, 16, 64, 100, 300, 1000, 5000, 0, -1, math.MinInt)
		a.Say("the limit is %d", limit)
		if limit == 1 {
			script.OneAfterAnother()
		}
		var got, returned []string
		var err error
		a.Do(func() {
			got, err = FetchLimit(keys, limit, script.Fetch)
			returned = slices.Clone(got)
		})
		a.Check(func() {
			if limit < 1 {
				script.WantNoCall("a limit below 1 allows none")
				kitWantRefused(a.T, limit, returned, err)
				return
			}
			script.WantEachCalledOnce()
			script.WantAtMost(limit)
			script.WantNoPlaceIdle(limit)
			made := script.Made()
			script.WantElapsed(rehearsal.Last(made), "when the last fetch ended")
			kitWantFirstError(a, "FetchLimit", returned, err, made)
			if err == nil {
				kitWantValues(a.T, "FetchLimit", returned, err, script.ValuesLike(returned))
			}
			kitWantUntouched(a, "FetchLimit", got, returned, keys, script.Keys())
		})
	})
}
