package errgroups

import (
	"errors"
	"fmt"
	"maps"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"

	"example.com/errgroup-workshop/internal/rehearsal"
)

func TestFetchSome(t *testing.T) {
	errMiddle := errors.New("middle error")
	var hundreds []string // the keys of failing(200)
	for _, call := range kitFailing(200) {
		hundreds = append(hundreds, call.Name)
	}
	for _, tt := range []struct {
		name    string
		calls   []rehearsal.Call
		elapsed time.Duration // of the slowest fetch
		want    map[string]string
		failed  []string // the keys whose fetch fails
		errs    []error  // their errors
	}{
		{"returns every value by its key", []rehearsal.Call{
			{Name: "name", Takes: 2 * time.Second, Returns: "ada"},
			{Name: "town", Takes: 1 * time.Second, Returns: "london"},
		}, 2 * time.Second, map[string]string{"name": "ada", "town": "london"}, nil, nil},

		{"returns the values that could be had beside an error", []rehearsal.Call{
			{Name: "name", Takes: 3 * time.Second, Returns: "ada"},
			{Name: "town", Takes: 1 * time.Second, Returns: "half a value", Fails: rehearsal.ErrEarly},
			{Name: "year", Takes: 2 * time.Second, Returns: "1815"},
		}, 3 * time.Second, map[string]string{"name": "ada", "year": "1815"}, []string{"town"}, []error{rehearsal.ErrEarly}},

		{"keeps an empty value", []rehearsal.Call{
			{Name: "name", Takes: 1 * time.Second, Returns: ""},
			{Name: "town", Takes: 1 * time.Second, Fails: rehearsal.ErrEarly},
		}, 1 * time.Second, map[string]string{"name": ""}, []string{"town"}, []error{rehearsal.ErrEarly}},

		{"joins all errors in the order of keys, each with its key", []rehearsal.Call{
			{Name: "town", Takes: 3 * time.Second, Fails: rehearsal.ErrLate},
			{Name: "name", Takes: 1 * time.Second, Fails: rehearsal.ErrEarly},
			{Name: "year", Takes: 2 * time.Second, Fails: errMiddle},
		}, 3 * time.Second, nil, []string{"town", "name", "year"}, []error{rehearsal.ErrLate, rehearsal.ErrEarly, errMiddle}},

		{"fetches every key although others fail at once", kitFailing(200), 0, nil,
			hundreds, []error{rehearsal.ErrEarly}},
	} {
		t.Run(tt.name, rehearsal.Bubble(func(t *rehearsal.T) {
			defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
			script := t.Script("FetchSome", "fetch", tt.calls...)

			got, err := FetchSome(script.Keys(), script.Fetch)

			script.WantElapsed(tt.elapsed, "the time of the slowest fetch")
			script.WantEachCalledOnce()
			kitWantSome(t, got, tt.want)
			kitWantJoined(t, err, tt.failed, tt.errs)
		}))
	}

	t.Run("returns no value for no key, and one for one", rehearsal.Bubble(func(t *rehearsal.T) {
		defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
		got, err := FetchSome(nil, func(string) (string, error) { return "", rehearsal.ErrEarly })
		kitWantSome(t, got, nil)
		kitWantJoined(t, err, nil, nil)

		script := t.Script("FetchSome", "fetch", rehearsal.Call{Name: "name", Takes: time.Second, Returns: "ada"})
		got, err = FetchSome(script.Keys(), script.Fetch)

		script.WantElapsed(1*time.Second, "the time of the fetch")
		kitWantSome(t, got, map[string]string{"name": "ada"})
		kitWantJoined(t, err, nil, nil)
	}))

	// All fetches end at the same moment, and half of them fail. A map that the
	// goroutines share without a lock shows here, sooner or later, and at once
	// with go test -race. Long keys make it sooner: while a map grows, it has to
	// look at each of them again.
	t.Run("loses nothing when the fetches end at the same moment", rehearsal.Bubble(func(t *rehearsal.T) {
		defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
		meet := t.Crowd()
		var keys []string
		for i := range 200 {
			keys = append(keys, fmt.Sprintf("good %01000d", i), fmt.Sprintf("bad %d", i))
		}
		fetch := func(key string) (string, error) {
			meet()
			if strings.HasPrefix(key, "bad") {
				return "", rehearsal.ErrEarly
			}
			return "value", nil
		}
		for round := range rehearsal.Rounds(6) {
			got, err := FetchSome(keys, fetch)

			if len(got) != 200 || got[keys[0]] != "value" {
				t.Fatalf("in round %d FetchSome returned %d values; want 200: goroutines that write to the same map need a lock", round, len(got))
			}
			if err == nil || strings.Count(err.Error(), rehearsal.ErrEarly.Error()) != 200 {
				t.Fatalf("in round %d FetchSome joined other errors than the 200 that occurred: %.100v ...", round, err)
			}
		}
	}))
}

func kitWantSome(t testing.TB, got, want map[string]string) {
	t.Helper()
	if !maps.Equal(got, want) {
		t.Errorf("FetchSome returned the values %q; want %q: the value of every fetch that succeeded, and no other", got, want)
	}
}

// kitWantJoined fails the test unless err names the keys in their order, and
// errors.Is finds each of the wanted errors in it. No key, no error.
func kitWantJoined(t testing.TB, err error, keys []string, wanted []error) {
	t.Helper()
	switch {
	case err != nil && len(keys) == 0:
		t.Fatalf("FetchSome returned the error %q; want nil, because every fetch succeeded", err)
	case err == nil && len(keys) > 0:
		t.Fatalf("FetchSome returned the error nil; want one that joins %q", wanted)
	}
	for _, want := range wanted {
		if !errors.Is(err, want) {
			t.Fatalf("FetchSome returned the error %q, in which errors.Is doesn't find %q; want every error, wrapped with %%w and joined", err, want)
		}
	}
	rest := fmt.Sprint(err)
	for i, key := range keys {
		_, after, found := strings.Cut(rest, key)
		switch {
		case found:
			rest = after
		case strings.Contains(err.Error(), key):
			t.Fatalf("FetchSome returned the error %.200q; want the errors in the order of keys: that of %q after that of %q", err, key, keys[i-1])
		default:
			t.Fatalf("FetchSome returned the error %.200q; want it to name the key %q, whose fetch failed", err, key)
		}
	}
}
