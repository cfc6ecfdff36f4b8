package errgroups

import (
	"fmt"
	"sync/atomic"
	"testing"
	"time"

	"go.uber.org/goleak"

	"example.com/errgroup-workshop/internal/rehearsal"
)

func TestFetchLimit(t *testing.T) {
	twoFail := rehearsal.Numbered(6)
	twoFail[0].Fails, twoFail[1].Fails = rehearsal.ErrEarly, rehearsal.ErrEarly
	for _, tt := range []struct {
		name            string
		calls           []rehearsal.Call
		limit, inFlight int
		elapsed         time.Duration
		reason          string // for elapsed
		err             error
	}{
		{"runs two fetches at a time when the limit is 2", rehearsal.Numbered(4), 2, 2,
			2 * time.Second, "the time of two fetches, one after another", nil},
		{"runs one fetch at a time when the limit is 1", rehearsal.Numbered(6), 1, 1,
			6 * time.Second, "the time of six fetches, one after another", nil},
		{"runs all fetches at the same time when the limit is their number", rehearsal.Numbered(6), 6, 6,
			1 * time.Second, "the time of each fetch", nil},
		{"runs all fetches at the same time when the limit is larger", rehearsal.Numbered(6), 1_000_000, 6,
			1 * time.Second, "the time of each fetch", nil},
		{"keeps to a limit of 50 with 300 keys", rehearsal.Numbered(300), 50, 50,
			6 * time.Second, "the time of six fetches, one after another", nil},
		{"fetches the other keys after an error", twoFail, 2, 2,
			3 * time.Second, "the time of 6 fetches of 1s, two at a time", rehearsal.ErrEarly},
		{"returns the error that occurred first", []rehearsal.Call{
			{Name: "name", Takes: 2 * time.Second, Fails: rehearsal.ErrLate},
			{Name: "town", Takes: 1 * time.Second, Fails: rehearsal.ErrEarly},
			{Name: "year", Takes: 3 * time.Second, Fails: rehearsal.ErrLate},
		}, 3, 3, 3 * time.Second, "the time of the slowest fetch", rehearsal.ErrEarly},
	} {
		t.Run(tt.name, rehearsal.Bubble(func(t *rehearsal.T) {
			defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
			script := t.Script("FetchLimit", "fetch", tt.calls...)

			got, err := FetchLimit(script.Keys(), tt.limit, script.Fetch)

			if err != nil && tt.err == nil {
				t.Fatalf("FetchLimit returned the error %q for the limit %d; want nil, because no fetch failed", err, tt.limit)
			}
			script.WantInFlight(tt.inFlight)
			script.WantElapsed(tt.elapsed, tt.reason)
			script.WantEachCalledOnce()
			if tt.err != nil {
				kitWantError(t, "FetchLimit", got, err, tt.err)
			} else {
				kitWantValues(t, "FetchLimit", got, err, script.Keys())
			}
		}))
	}

	// The fetches fail in the order in which they start. The first one to fail
	// makes place for a long one, and the second one ends before that.
	t.Run("returns the error that occurred first, not that of the place that is idle first", rehearsal.Bubble(func(t *rehearsal.T) {
		defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
		var started atomic.Int64
		fetch := func(key string) (string, error) {
			switch started.Add(1) {
			case 1:
				time.Sleep(1 * time.Second)
				return "", rehearsal.ErrEarly
			case 2:
				time.Sleep(2 * time.Second)
				return "", rehearsal.ErrLate
			}
			time.Sleep(5 * time.Second)
			return key, nil
		}

		got, err := FetchLimit([]string{"name", "town", "year"}, 2, fetch)

		kitWantError(t, "FetchLimit", got, err, rehearsal.ErrEarly)
	}))

	t.Run("fetches no key, or one", rehearsal.Bubble(func(t *rehearsal.T) {
		defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
		none := t.Script("FetchLimit", "fetch")
		got, err := FetchLimit(none.Keys(), 2, none.Fetch)
		none.WantElapsed(0, "because there is nothing to wait for")
		kitWantValues(t, "FetchLimit", got, err, nil)

		one := t.Script("FetchLimit", "fetch", rehearsal.Numbered(1)...)
		got, err = FetchLimit(one.Keys(), 2, one.Fetch)

		one.WantElapsed(1*time.Second, "the time of the fetch")
		kitWantValues(t, "FetchLimit", got, err, one.Keys())
	}))

	// In batches of two, a fetch of 1s would leave its place idle for 3s.
	t.Run("starts the next fetch as soon as one ends", rehearsal.Bubble(func(t *rehearsal.T) {
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

	t.Run("refuses a limit below 1 and fetches nothing", func(t *testing.T) {
		for _, limit := range []int{0, -1, -100} {
			t.Run(fmt.Sprint("limit ", limit), rehearsal.Bubble(func(t *rehearsal.T) {
				defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
				script := t.Script("FetchLimit", "fetch", rehearsal.Numbered(2)...)

				for _, keys := range [][]string{script.Keys(), nil} {
					got, err := FetchLimit(keys, limit, script.Fetch)

					script.WantNoCall("a limit below 1 allows none")
					if err == nil {
						t.Fatalf("FetchLimit returned no error for the limit %d and %d keys; want one that says what is wrong with the limit",
							limit, len(keys))
					}
					if got != nil {
						t.Fatalf("FetchLimit returned the values %q together with an error; want nil", got)
					}
				}
			}))
		}
	})
}
