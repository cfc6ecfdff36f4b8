package waitgroup

import (
	"maps"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"

	"example.com/errgroup-workshop/internal/rehearsal"
)

func TestTally(t *testing.T) {
	t.Run("counts how many sources gave each answer", rehearsal.Bubble(func(t *rehearsal.T) {
		defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
		script := t.Script("Tally", "source",
			rehearsal.Call{Name: "mail", Takes: 1 * time.Second, Returns: "yes"},
			rehearsal.Call{Name: "chat", Takes: 2 * time.Second, Returns: "no"},
			rehearsal.Call{Name: "shop", Takes: 3 * time.Second, Returns: "yes"},
		)

		got := Tally(script.Sources())

		script.WantElapsed(3*time.Second, "the time of the slowest source")
		script.WantEachCalledOnce()
		want := map[string]int{"yes": 2, "no": 1}
		if !maps.Equal(got, want) {
			t.Errorf("Tally returned %v; want %v", got, want)
		}
	}))

	// A lock that is held while a source is asked makes the others wait.
	t.Run("asks all sources at the same time", rehearsal.Bubble(func(t *rehearsal.T) {
		defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
		script := t.Script("Tally", "source",
			rehearsal.Call{Name: "mail", Takes: 2 * time.Second, Returns: "yes"},
			rehearsal.Call{Name: "chat", Takes: 3 * time.Second, Returns: "no"},
			rehearsal.Call{Name: "shop", Takes: 1 * time.Second, Returns: "yes"},
		)

		Tally(script.Sources())

		script.WantElapsed(3*time.Second, "the time of the slowest source")
	}))

	t.Run("counts anew in each call", rehearsal.Bubble(func(t *rehearsal.T) {
		defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
		for range 2 {
			script := t.Script("Tally", "source",
				rehearsal.Call{Name: "mail", Takes: 1 * time.Second, Returns: "yes"},
				rehearsal.Call{Name: "chat", Takes: 2 * time.Second, Returns: "no"},
			)

			got := Tally(script.Sources())

			script.WantElapsed(2*time.Second, "the time of the slowest source")
			want := map[string]int{"yes": 1, "no": 1}
			if !maps.Equal(got, want) {
				t.Fatalf("Tally returned %v; want %v: each call needs a map of its own", got, want)
			}
		}
	}))

	// All sources answer at the same moment, so that the goroutines write to
	// the map at the same time. Without a lock a count gets lost, or the runtime
	// notices and ends the program with "concurrent map writes". Chance has a
	// part in it. So there are several rounds, and the answers are long: the
	// longer a map has to look for its key, the sooner two writers meet.
	t.Run("loses no count when the sources answer at the same moment", rehearsal.Bubble(func(t *rehearsal.T) {
		defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
		meet := t.Crowd()
		yes := strings.Repeat("yes ", 500)
		sources := make([]func() string, 1000)
		for i := range sources {
			answer := strings.Clone(yes)
			sources[i] = func() string { meet(); return answer }
		}
		for round := range rehearsal.Rounds(60) {
			got := Tally(sources)

			if got[yes] != 1000 || len(got) != 1 {
				t.Fatalf("in round %d Tally counted %d of 1000 equal answers; want 1000: "+
					"a WaitGroup waits, but goroutines that write to the same map need a lock", round, got[yes])
			}
		}
		if got := Tally(nil); len(got) != 0 {
			t.Errorf("Tally returned %v for no sources; want an empty map", got)
		}
	}))
}
