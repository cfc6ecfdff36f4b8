package errgroups

import (
	"slices"

	"example.com/errgroup-workshop/internal/rehearsal"
)

// kitFetchAllScene plays calls of FetchAll, and compares what they did with the
// contract.
func kitFetchAllScene(s *rehearsal.Scene) {
	s.Play(func(a *rehearsal.Act) {
		script := a.Script("FetchAll", "fetch", a.Calls(a.Size(2000), rehearsal.Vary{Fails: true, Repeat: true})...)
		keys := script.Keys()
		var got, returned []string
		var err error
		a.Do(func() {
			got, err = FetchAll(keys, script.Fetch)
			returned = slices.Clone(got)
		})
		a.Check(func() {
			script.WantAllAtOnce()
			made := script.Made()
			script.WantElapsed(rehearsal.Last(made), "the time of the slowest fetch")
			kitWantFirstError(a, "FetchAll", returned, err, made)
			if err == nil {
				kitWantValues(a.T, "FetchAll", returned, err, script.ValuesLike(returned))
			}
			kitWantUntouched(a, "FetchAll", got, returned, keys, script.Keys())
		})
	})
}

// kitWantFirstError fails the scene unless the function returned the error of the
// fetch that failed first, and no values beside it, or nil if none failed.
func kitWantFirstError(a *rehearsal.Act, function string, got []string, err error, made []rehearsal.Made) {
	a.WantOneOf(function, err, rehearsal.First(made), rehearsal.Errors(made), "the error that occurred first")
	if err != nil && got != nil {
		a.Fatalf("%s returned %d values together with an error; want nil", function, len(got))
	}
}

// kitWantUntouched fails the scene if somebody has written to the values since
// they were returned, or to the keys.
func kitWantUntouched(a *rehearsal.Act, function string, got, returned, keys, wantKeys []string) {
	if !slices.Equal(got, returned) {
		a.Fatalf("the slice that %s returned has changed since, from %.60q to %.60q; want it to stay as it is: make a new slice in each call",
			function, returned, got)
	}
	if !slices.Equal(keys, wantKeys) {
		a.Fatalf("%s has changed the keys that it was given, from %.60q to %.60q; want them to stay as they are", function, wantKeys, keys)
	}
}
