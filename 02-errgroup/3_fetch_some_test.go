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

	// All fetches end at the same moment, and half of them fail. The other keys are
	// so long that the map needs longer to look for one than for anything else.
	// Without a lock two goroutines are in the map at once, and the runtime ends the
	// program with "concurrent map writes".
	t.Run("loses nothing when the fetches end at the same moment", step.Bubble(func(t *rehearsal.T) {
		defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
		meet := t.Crowd()
		var keys []string
		const length = 1_000_000
		long := strings.Repeat("y", length+100)
		for i := range 64 {
			good := long[i : i+length+i/4] // four of them are the same, from different memory
			keys = append(keys, good, fmt.Sprintf("bad %d", i))
		}
		fetch := func(key string) (string, error) {
			meet()
			if strings.HasPrefix(key, "bad") {
				return "", rehearsal.ErrEarly
			}
			return "value", nil
		}
		for round := range rehearsal.Rounds(15) {
			got, err := FetchSome(keys, fetch)

			if len(got) != 16 || got[keys[0]] != "value" {
				t.Fatalf("in round %d FetchSome returned %d values; want 16: goroutines that write to the same map need a lock", round, len(got))
			}
			if err == nil || strings.Count(err.Error(), rehearsal.ErrEarly.Error()) != 64 {
				t.Fatalf("in round %d FetchSome joined other errors than the 64 that occurred: %.100v ...", round, err)
			}
		}
	}))

	t.Run("keeps its contract in random scenes", step.Scenes(kitFetchSomeScene))
}
