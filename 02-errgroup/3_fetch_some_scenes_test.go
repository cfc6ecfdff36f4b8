package errgroups

import (
	"maps"
	"slices"
	"testing"

	"example.com/errgroup-workshop/internal/rehearsal"
)

// kitFetchSomeScene plays calls of FetchSome, and compares what they did with the
// contract.
func kitFetchSomeScene(s *rehearsal.Scene) {
	s.Play(func(a *rehearsal.Act) {
		calls := a.Calls(a.Size(2000), rehearsal.Vary{Fails: true, Repeat: true})
		if a.Percent(20) { // all that fail do so with the same error, also those of one key
			for i := range calls {
				if calls[i].Fails != nil {
					calls[i].Fails = rehearsal.ErrEarly
				}
			}
		}
		script := a.Script("FetchSome", "fetch", calls...)
		keys := script.Keys()
		var got, returned map[string]string
		var err error
		a.Do(func() {
			got, err = FetchSome(keys, script.Fetch)
			returned = maps.Clone(got)
		})
		a.Check(func() {
			script.WantAllAtOnce()
			made := script.Made()
			script.WantElapsed(rehearsal.Last(made), "the time of the slowest fetch")
			want := make(map[string]string)
			for _, m := range made {
				// Of two values of a key, either will do.
				if _, had := want[m.Name]; !m.Failed() && (!had || m.Value == returned[m.Name]) {
					want[m.Name] = m.Value
				}
			}
			kitWantSome(a.T, returned, want)
			kitWantJoined(a.T, err, script.Keys(), made)
			if !maps.Equal(got, returned) {
				a.Fatalf("the map that FetchSome returned has changed since, from %.60q to %.60q; want it to stay as it is: "+
					"make a new map in each call", returned, got)
			}
			if !slices.Equal(keys, script.Keys()) {
				a.Fatalf("FetchSome has changed the keys that it was given, from %.60q to %.60q; want them to stay as they are", script.Keys(), keys)
			}
		})
	})
}

func kitWantSome(t testing.TB, got, want map[string]string) {
	t.Helper()
	if maps.Equal(got, want) {
		return
	}
	for key, value := range got {
		if wanted, ok := want[key]; !ok || value != wanted {
			t.Fatalf("FetchSome returned the value %.60q for the key %.60q; want the value of every fetch that succeeded, and no other", value, key)
		}
	}
	t.Fatalf("FetchSome returned %d values; want %d, by the keys %s: the value of every fetch that succeeded",
		len(got), len(want), kitShort(slices.Sorted(maps.Keys(want))))
}
