package errgroups

import (
	"testing"
	"time"

	"go.uber.org/goleak"

	"example.com/errgroup-workshop/internal/rehearsal"
)

func TestFetchAll(t *testing.T) {
	step := rehearsal.NewLadder(t)

	for _, tt := range []struct {
		name    string
		calls   []rehearsal.Call
		elapsed time.Duration // of the slowest fetch
		want    []string
		err     error
	}{
		{"fetches all keys at the same time", []rehearsal.Call{
			{Name: "name", Takes: 1 * time.Second, Returns: "ada"},
			{Name: "town", Takes: 2 * time.Second, Returns: "london"},
			{Name: "year", Takes: 3 * time.Second, Returns: "1815"},
		}, 3 * time.Second, []string{"ada", "london", "1815"}, nil},

		{"returns the values in the order of keys", []rehearsal.Call{
			{Name: "name", Takes: 3 * time.Second, Returns: "ada"},
			{Name: "town", Takes: 1 * time.Second, Returns: "london"},
			{Name: "year", Takes: 2 * time.Second, Returns: "1815"},
		}, 3 * time.Second, []string{"ada", "london", "1815"}, nil},

		{"waits for the other fetches after an error", []rehearsal.Call{
			{Name: "name", Takes: 1 * time.Second, Fails: rehearsal.ErrEarly},
			{Name: "town", Takes: 5 * time.Minute, Returns: "london"},
			{Name: "year", Takes: 3 * time.Minute, Returns: "1815"},
		}, 5 * time.Minute, nil, rehearsal.ErrEarly},

		{"returns the error that occurred first, not that of the first key or the last", []rehearsal.Call{
			{Name: "name", Takes: 2 * time.Second, Fails: rehearsal.ErrLate},
			{Name: "town", Takes: 1 * time.Second, Fails: rehearsal.ErrEarly},
			{Name: "year", Takes: 3 * time.Second, Fails: rehearsal.ErrLate},
		}, 3 * time.Second, nil, rehearsal.ErrEarly},
	} {
		t.Run(tt.name, step.Bubble(func(t *rehearsal.T) {
			defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
			script := t.Script("FetchAll", "fetch", tt.calls...)

			got, err := FetchAll(script.Keys(), script.Fetch)

			script.WantElapsed(tt.elapsed, "the time of the slowest fetch")
			script.WantEachCalledOnce()
			if tt.err != nil {
				kitWantError(t, "FetchAll", got, err, tt.err)
			} else {
				kitWantValues(t, "FetchAll", got, err, tt.want)
			}
		}))
	}

	t.Run("forgets the error of one call by the next", step.Bubble(func(t *rehearsal.T) {
		defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
		bad := t.Script("FetchAll", "fetch", rehearsal.Call{Name: "name", Takes: time.Second, Fails: rehearsal.ErrEarly})
		got, err := FetchAll(bad.Keys(), bad.Fetch)
		bad.WantElapsed(1*time.Second, "the time of the fetch")
		kitWantError(t, "FetchAll", got, err, rehearsal.ErrEarly)

		good := t.Script("FetchAll", "fetch", rehearsal.Call{Name: "name", Takes: time.Second, Returns: "ada"})
		got, err = FetchAll(good.Keys(), good.Fetch)

		good.WantElapsed(1*time.Second, "the time of the fetch")
		if err != nil {
			t.Fatalf("the second call of FetchAll returned the error %q, which is of the first call; want nil: "+
				"a Group keeps its error, so make a new Group in each call", err)
		}
		kitWantValues(t, "FetchAll", got, err, []string{"ada"})
	}))

	t.Run("loses no error of a fetch that fails at once", step.Bubble(kitLosesNoError("FetchAll", FetchAll)))

	// The two fetches end at the same moment, many times. What they write to
	// without a lock collides, and go test -race always sees it.
	t.Run("loses no error of two fetches that end at the same moment", step.Bubble(func(t *rehearsal.T) {
		defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
		meet := t.Crowd()
		fetch := func(key string) (string, error) {
			meet()
			if key == "town" {
				return "", rehearsal.ErrEarly
			}
			return key, nil
		}
		for range rehearsal.Rounds(1000) {
			got, err := FetchAll([]string{"name", "town"}, fetch)

			kitWantError(t, "FetchAll", got, err, rehearsal.ErrEarly)
		}
	}))

	t.Run("keeps its contract in random scenes", step.Scenes(kitFetchAllScene))
}
