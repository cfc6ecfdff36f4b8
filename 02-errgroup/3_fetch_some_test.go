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
	t.Run("returns every value by its key", rehearsal.Bubble(func(t *rehearsal.T) {
		defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
		script := t.Script("FetchSome", "fetch",
			rehearsal.Call{Name: "name", Takes: 2 * time.Second, Returns: "ada"},
			rehearsal.Call{Name: "town", Takes: 1 * time.Second, Returns: "london"},
		)

		got, err := FetchSome(script.Keys(), script.Fetch)

		script.WantElapsed(2*time.Second, "the time of the slowest fetch")
		script.WantEachCalledOnce()
		wantSome(t, got, map[string]string{"name": "ada", "town": "london"})
		if err != nil {
			t.Errorf("FetchSome returned the error %q; want nil, because every fetch succeeded", err)
		}
	}))

	t.Run("returns the values that could be had beside an error", rehearsal.Bubble(func(t *rehearsal.T) {
		defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
		script := t.Script("FetchSome", "fetch",
			rehearsal.Call{Name: "name", Takes: 3 * time.Second, Returns: "ada"},
			rehearsal.Call{Name: "town", Takes: 1 * time.Second, Returns: "half a value", Fails: errEarly},
			rehearsal.Call{Name: "year", Takes: 2 * time.Second, Returns: "1815"},
		)

		got, err := FetchSome(script.Keys(), script.Fetch)

		script.WantElapsed(3*time.Second, "the time of the slowest fetch")
		wantSome(t, got, map[string]string{"name": "ada", "year": "1815"})
		wantJoined(t, err, []string{"town"}, errEarly)
	}))

	t.Run("keeps an empty value", rehearsal.Bubble(func(t *rehearsal.T) {
		defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
		script := t.Script("FetchSome", "fetch",
			rehearsal.Call{Name: "name", Takes: time.Second, Returns: ""},
			rehearsal.Call{Name: "town", Takes: time.Second, Fails: errEarly},
		)

		got, err := FetchSome(script.Keys(), script.Fetch)

		script.WantElapsed(1*time.Second, "the time of each fetch")
		wantSome(t, got, map[string]string{"name": ""})
		wantJoined(t, err, []string{"town"}, errEarly)
	}))

	t.Run("joins all errors in the order of keys, each with its key", rehearsal.Bubble(func(t *rehearsal.T) {
		defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
		errMiddle := errors.New("middle error")
		script := t.Script("FetchSome", "fetch",
			rehearsal.Call{Name: "name", Takes: 3 * time.Second, Fails: errLate},
			rehearsal.Call{Name: "town", Takes: 1 * time.Second, Fails: errEarly},
			rehearsal.Call{Name: "year", Takes: 2 * time.Second, Fails: errMiddle},
		)

		got, err := FetchSome(script.Keys(), script.Fetch)

		script.WantElapsed(3*time.Second, "the time of the slowest fetch")
		wantSome(t, got, nil)
		wantJoined(t, err, script.Keys(), errLate, errEarly, errMiddle)
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
				return "", errEarly
			}
			return "value", nil
		}
		for round := range rehearsal.Rounds(40) {
			got, err := FetchSome(keys, fetch)

			if len(got) != 200 || got[keys[0]] != "value" {
				t.Fatalf("in round %d FetchSome returned %d values; want 200: goroutines that write to the same map need a lock", round, len(got))
			}
			if err == nil || strings.Count(err.Error(), errEarly.Error()) != 200 {
				t.Fatalf("in round %d FetchSome joined other errors than the 200 that occurred: %.100v ...", round, err)
			}
		}
	}))
}

func wantSome(t testing.TB, got, want map[string]string) {
	t.Helper()
	if !maps.Equal(got, want) {
		t.Errorf("FetchSome returned the values %q; want %q: the value of every fetch that succeeded, and no other", got, want)
	}
}

// wantJoined fails the test unless err names the keys in their order, and
// errors.Is finds each of the wanted errors in it.
func wantJoined(t testing.TB, err error, keys []string, wanted ...error) {
	t.Helper()
	if err == nil {
		t.Fatalf("FetchSome returned the error nil; want one that joins %q", wanted)
	}
	for _, want := range wanted {
		if !errors.Is(err, want) {
			t.Fatalf("FetchSome returned the error %q, in which errors.Is doesn't find %q; want every error, wrapped with %%w and joined", err, want)
		}
	}
	rest := err.Error()
	for _, key := range keys {
		_, after, found := strings.Cut(rest, key)
		if !found {
			t.Fatalf("FetchSome returned the error %q; want it to name the keys %q, in this order", err, keys)
		}
		rest = after
	}
}
