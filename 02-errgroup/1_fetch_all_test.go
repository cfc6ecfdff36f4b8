package errgroups

import (
	"slices"
	"testing"
	"time"

	"go.uber.org/goleak"

	"example.com/errgroup-workshop/internal/rehearsal"
)

func TestFetchAll(t *testing.T) {
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

		{"keeps an empty value", []rehearsal.Call{
			{Name: "name", Takes: 1 * time.Second, Returns: "ada"},
			{Name: "town", Takes: 2 * time.Second, Returns: ""},
		}, 2 * time.Second, []string{"ada", ""}, nil},

		{"returns the error of the fetch that failed, and no values", []rehearsal.Call{
			{Name: "name", Takes: 1 * time.Second, Returns: "ada"},
			{Name: "town", Takes: 3 * time.Second, Fails: rehearsal.ErrEarly},
			{Name: "year", Takes: 2 * time.Second, Returns: "1815"},
		}, 3 * time.Second, nil, rehearsal.ErrEarly},

		{"returns the error that occurred first, not that of the first key or the last", []rehearsal.Call{
			{Name: "name", Takes: 2 * time.Second, Fails: rehearsal.ErrLate},
			{Name: "town", Takes: 1 * time.Second, Fails: rehearsal.ErrEarly},
			{Name: "year", Takes: 3 * time.Second, Fails: rehearsal.ErrLate},
		}, 3 * time.Second, nil, rehearsal.ErrEarly},

		{"waits for the other fetches after an error", []rehearsal.Call{
			{Name: "name", Takes: 1 * time.Second, Fails: rehearsal.ErrEarly},
			{Name: "town", Takes: 5 * time.Minute, Returns: "london"},
			{Name: "year", Takes: 3 * time.Minute, Fails: rehearsal.ErrLate},
		}, 5 * time.Minute, nil, rehearsal.ErrEarly},

		{"fetches every key although others fail at once", kitFailing(200), 0, nil, rehearsal.ErrEarly},
	} {
		t.Run(tt.name, rehearsal.Bubble(func(t *rehearsal.T) {
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

	t.Run("forgets the error of one call by the next", rehearsal.Bubble(func(t *rehearsal.T) {
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

	t.Run("fetches a key that stands twice for both places, and leaves the keys as they are", rehearsal.Bubble(func(t *rehearsal.T) {
		defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
		keys := []string{"name", "town", "name"}

		got, err := FetchAll(keys, func(key string) (string, error) {
			time.Sleep(time.Second)
			return "value of " + key, nil
		})

		kitWantValues(t, "FetchAll", got, err, []string{"value of name", "value of town", "value of name"})
		if !slices.Equal(keys, []string{"name", "town", "name"}) {
			t.Errorf("FetchAll changed the keys that it was given to %q; want them as they were", keys)
		}
	}))

	t.Run("serves two callers at the same time", rehearsal.Bubble(func(t *rehearsal.T) {
		defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
		bad := t.Script("FetchAll", "fetch", rehearsal.Call{Name: "name", Takes: 2 * time.Second, Fails: rehearsal.ErrEarly})
		go FetchAll(bad.Keys(), bad.Fetch)
		time.Sleep(500 * time.Millisecond) // its fetch is under way meanwhile
		good := t.Script("FetchAll", "fetch",
			rehearsal.Call{Name: "name", Takes: 1 * time.Second, Returns: "ada"},
			rehearsal.Call{Name: "town", Takes: 3 * time.Second, Returns: "london"},
		)

		got, err := FetchAll(good.Keys(), good.Fetch)

		good.WantElapsed(3*time.Second, "the time of the slowest fetch")
		kitWantValues(t, "FetchAll", got, err, []string{"ada", "london"})
	}))

	// All fetches end at the same moment. What only go test -race can see is
	// whether the goroutines write to the same variable without a lock.
	t.Run("fetches no key, or two hundred at the same moment", rehearsal.Bubble(func(t *rehearsal.T) {
		defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
		none := t.Script("FetchAll", "fetch")
		got, err := FetchAll(none.Keys(), none.Fetch)
		none.WantElapsed(0, "because there is nothing to wait for")
		kitWantValues(t, "FetchAll", got, err, nil)

		script := t.Script("FetchAll", "fetch", rehearsal.Numbered(200)...)
		got, err = FetchAll(script.Keys(), script.Fetch)

		script.WantElapsed(1*time.Second, "the time of each fetch")
		script.WantEachCalledOnce()
		kitWantValues(t, "FetchAll", got, err, script.Keys())
	}))
}
