package errgroups

import (
	"fmt"
	"testing"
	"time"

	"go.uber.org/goleak"

	"example.com/errgroup-workshop/internal/rehearsal"
)

func TestFetchLimit(t *testing.T) {
	step := rehearsal.NewLadder(t)

	t.Run("runs two fetches at a time when the limit is 2", step.Bubble(func(t *rehearsal.T) {
		defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
		script := t.Script("FetchLimit", "fetch", rehearsal.Numbered(4)...)

		got, err := FetchLimit(script.Keys(), 2, script.Fetch)

		script.WantInFlight(2)
		script.WantElapsed(2*time.Second, "the time of two fetches, one after another")
		kitWantValues(t, "FetchLimit", got, err, script.Keys())
	}))

	// In batches of two, a fetch of 1s would leave its place idle for 3s.
	t.Run("starts the next fetch as soon as one ends", step.Bubble(func(t *rehearsal.T) {
		defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
		calls := rehearsal.Numbered(6)
		for i, seconds := range []time.Duration{4, 1, 1, 1, 4, 1} {
			calls[i].Takes = seconds * time.Second
		}
		script := t.Script("FetchLimit", "fetch", calls...)

		got, err := FetchLimit(script.Keys(), 2, script.Fetch)

		script.WantInFlight(2)
		script.WantNoPlaceIdle(2)
		kitWantValues(t, "FetchLimit", got, err, script.Keys())
	}))

	t.Run("fetches the other keys after an error", step.Bubble(func(t *rehearsal.T) {
		defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
		calls := rehearsal.Numbered(6)
		calls[0].Fails, calls[1].Fails = rehearsal.ErrEarly, rehearsal.ErrEarly
		script := t.Script("FetchLimit", "fetch", calls...)

		got, err := FetchLimit(script.Keys(), 2, script.Fetch)

		script.WantElapsed(3*time.Second, "the time of 6 fetches of 1s, two at a time")
		script.WantEachCalledOnce()
		kitWantError(t, "FetchLimit", got, err, rehearsal.ErrEarly)
	}))

	t.Run("rejects a limit below 1 and fetches nothing", step.Real(func(t *testing.T) {
		cases := rehearsal.NewLadder(t)
		for _, limit := range []int{0, -1} {
			t.Run(fmt.Sprint("limit ", limit), cases.Bubble(func(t *rehearsal.T) {
				defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
				script := t.Script("FetchLimit", "fetch", rehearsal.Numbered(2)...)

				got, err := FetchLimit(script.Keys(), limit, script.Fetch)

				script.WantNoCall("a limit below 1 allows none")
				kitWantRefused(t, limit, got, err)
			}))
		}
	}))

	t.Run("loses no error of a fetch that fails at once", step.Bubble(kitLosesNoError("FetchLimit",
		func(keys []string, fetch func(key string) (string, error)) ([]string, error) {
			return FetchLimit(keys, 1, fetch)
		})))

	t.Run("keeps its contract in random scenes", step.Scenes(kitFetchLimitScene))
}

// kitWantRefused fails the test unless FetchLimit returned an error, and no
// values, for a limit below 1.
func kitWantRefused(t testing.TB, limit int, got []string, err error) {
	t.Helper()
	switch {
	case err == nil:
		t.Fatalf("FetchLimit returned no error for the limit %d; want one that says what is wrong with the limit", limit)
	case got != nil:
		t.Fatalf("FetchLimit returned the values %q together with an error; want nil", got)
	}
}
