package errgroups

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"

	"example.com/errgroup-workshop/internal/rehearsal"
)

func TestFetchSome(t *testing.T) {
	step := rehearsal.NewLadder(t)

	errMiddle := errors.New("middle error")
	for _, tt := range []struct {
		name    string
		calls   []rehearsal.Call
		elapsed time.Duration // of the slowest fetch
		want    map[string]string
	}{
		{"returns every value by its key", []rehearsal.Call{
			{Name: "name", Takes: 2 * time.Second, Returns: "ada"},
			{Name: "town", Takes: 1 * time.Second, Returns: "london"},
		}, 2 * time.Second, map[string]string{"name": "ada", "town": "london"}},

		{"returns the values that could be had beside an error", []rehearsal.Call{
			{Name: "name", Takes: 3 * time.Second, Returns: ""},
			{Name: "town", Takes: 1 * time.Second, Returns: "half a value", Fails: rehearsal.ErrEarly},
			{Name: "year", Takes: 2 * time.Second, Returns: "1815"},
		}, 3 * time.Second, map[string]string{"name": "", "year": "1815"}},

		{"joins all errors in the order of keys, each with its key", []rehearsal.Call{
			{Name: "town", Takes: 3 * time.Second, Fails: rehearsal.ErrLate},
			{Name: "name", Takes: 1 * time.Second, Fails: rehearsal.ErrEarly},
			{Name: "year", Takes: 2 * time.Second, Fails: errMiddle},
		}, 3 * time.Second, nil},
	} {
		t.Run(tt.name, step.Bubble(func(t *rehearsal.T) {
			defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
			script := t.Script("FetchSome", "fetch", tt.calls...)

			got, err := FetchSome(script.Keys(), script.Fetch)

			script.WantElapsed(tt.elapsed, "the time of the slowest fetch")
			script.WantEachCalledOnce()
			kitWantSome(t, got, tt.want)
			kitWantJoined(t, err, script.Keys(), script.Made())
		}))
	}

	// All fetches end at the same moment, and half of them fail. A map that the
	// goroutines share without a lock shows here, sooner or later, and at once
	// with go test -race. Long keys make it sooner: while a map grows, it has to
	// look at each of them again.
	t.Run("loses nothing when the fetches end at the same moment", step.Bubble(func(t *rehearsal.T) {
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

	t.Run("keeps its contract in random scenes", step.Scenes(kitFetchSomeScene))
}
