package errgroups

import (
	"testing"
	"time"

	"go.uber.org/goleak"

	"example.com/errgroup-workshop/internal/rehearsal"
)

func TestFetchLimit(t *testing.T) {
	t.Run("runs two fetches at a time when the limit is 2", rehearsal.Bubble(func(t *rehearsal.T) {
		defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
		script := t.Script("FetchLimit", "fetch",
			rehearsal.Call{Name: "name", Takes: 1 * time.Second, Returns: "ada"},
			rehearsal.Call{Name: "town", Takes: 1 * time.Second, Returns: "london"},
			rehearsal.Call{Name: "year", Takes: 1 * time.Second, Returns: "1815"},
			rehearsal.Call{Name: "work", Takes: 1 * time.Second, Returns: "notes"},
		)

		got, err := FetchLimit(script.Keys(), 2, script.Fetch)

		script.WantInFlight(2)
		script.WantElapsed(2*time.Second, "the time of two fetches, one after another")
		script.WantEachCalledOnce()
		wantValues(t, "FetchLimit", got, err, []string{"ada", "london", "1815", "notes"})
	}))

	// In batches of two, a fetch of 1s would leave its place idle for 3s.
	t.Run("starts the next fetch as soon as one ends", rehearsal.Bubble(func(t *rehearsal.T) {
		defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
		var calls []rehearsal.Call
		for i, seconds := range []time.Duration{4, 1, 1, 1, 4, 1} {
			call := sameTime(6)[i]
			call.Takes = seconds * time.Second
			calls = append(calls, call)
		}
		script := t.Script("FetchLimit", "fetch", calls...)

		got, err := FetchLimit(script.Keys(), 2, script.Fetch)

		script.WantInFlight(2)
		script.WantNoPlaceIdle(2)
		wantValues(t, "FetchLimit", got, err, script.Keys())
	}))

	t.Run("keeps to limits from 1 to more than there are keys", func(t *testing.T) {
		for _, tt := range []struct {
			name            string
			limit, inFlight int
			elapsed         time.Duration
		}{
			{"one at a time", 1, 1, 6 * time.Second},
			{"three at a time", 3, 3, 2 * time.Second},
			{"as many as keys", 6, 6, 1 * time.Second},
			{"more than keys", 100, 6, 1 * time.Second},
		} {
			t.Run(tt.name, rehearsal.Bubble(func(t *rehearsal.T) {
				defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
				script := t.Script("FetchLimit", "fetch", sameTime(6)...)

				got, err := FetchLimit(script.Keys(), tt.limit, script.Fetch)

				script.WantInFlight(tt.inFlight)
				script.WantElapsed(tt.elapsed, "the time of 6 fetches of 1s under the limit")
				wantValues(t, "FetchLimit", got, err, script.Keys())
			}))
		}
	})

	t.Run("refuses a limit below 1 and fetches nothing", func(t *testing.T) {
		for _, tt := range []struct {
			name  string
			limit int
		}{{"zero", 0}, {"minus one", -1}, {"minus a hundred", -100}} {
			t.Run(tt.name, rehearsal.Bubble(func(t *rehearsal.T) {
				defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
				script := t.Script("FetchLimit", "fetch", sameTime(2)...)

				_, err := FetchLimit(script.Keys(), tt.limit, script.Fetch)

				script.WantNoCall("a limit below 1 allows none")
				if err == nil {
					t.Errorf("FetchLimit returned no error for the limit %d; want one that says what is wrong with it", tt.limit)
				}
			}))
		}
	})

	t.Run("fetches the other keys after an error", rehearsal.Bubble(func(t *rehearsal.T) {
		defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
		calls := sameTime(6)
		calls[0].Fails, calls[1].Fails = errEarly, errEarly
		script := t.Script("FetchLimit", "fetch", calls...)

		got, err := FetchLimit(script.Keys(), 2, script.Fetch)

		script.WantElapsed(3*time.Second, "the time of 6 fetches of 1s, two at a time")
		script.WantEachCalledOnce()
		wantError(t, "FetchLimit", got, err, errEarly)
	}))

	t.Run("returns the error that occurred first", rehearsal.Bubble(func(t *rehearsal.T) {
		defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
		script := t.Script("FetchLimit", "fetch",
			rehearsal.Call{Name: "name", Takes: 2 * time.Second, Fails: errLate},
			rehearsal.Call{Name: "town", Takes: 1 * time.Second, Fails: errEarly},
			rehearsal.Call{Name: "year", Takes: 3 * time.Second, Fails: errLate},
		)

		got, err := FetchLimit(script.Keys(), 3, script.Fetch)

		script.WantElapsed(3*time.Second, "the time of the slowest fetch")
		wantError(t, "FetchLimit", got, err, errEarly)
	}))
}
