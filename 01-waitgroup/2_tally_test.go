package waitgroup

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync/atomic"
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
		kitWantCounts(t, got, map[string]int{"yes": 2, "no": 1})
	}))

	t.Run("counts an empty answer like any other", rehearsal.Bubble(func(t *rehearsal.T) {
		defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
		script := t.Script("Tally", "source",
			rehearsal.Call{Name: "mail", Takes: 1 * time.Second, Returns: ""},
			rehearsal.Call{Name: "chat", Takes: 2 * time.Second, Returns: "yes"},
		)

		got := Tally(script.Sources())

		script.WantElapsed(2*time.Second, "the time of the slowest source")
		kitWantCounts(t, got, map[string]int{"": 1, "yes": 1})
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
	// part in it. So there are several rounds, with many answers that come first
	// and meet a second one at once, and the answers are long: the longer a map
	// has to look for its key, the sooner two writers meet. A lock that is given
	// up too early is no data race, so go test -race needs as many rounds.
	t.Run("loses no count when the sources answer at the same moment", rehearsal.Bubble(func(t *rehearsal.T) {
		defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
		meet := t.Crowd()
		var answered atomic.Int64
		answers := make([]string, 1000) // four of each kind, for those that go on together
		for i := range answers {
			answers[i] = strings.Repeat("yes ", 5000) + fmt.Sprint(i/4)
		}
		sources := slices.Repeat([]func() string{func() string {
			meet()
			return answers[(answered.Add(1)-1)%1000]
		}}, 1000)
		for round := range 40 {
			got := Tally(sources)

			if n := kitSum(got); n != 1000 || len(got) != 250 {
				t.Fatalf("in round %d Tally counted %d answers, of %d kinds; want 1000, of 250 kinds: "+
					"a WaitGroup waits, but goroutines that write to the same map need a lock, "+
					"held from before the old count is read until the new one is written", round, n, len(got))
			}
		}
	}))

	t.Run("asks no source, or one", rehearsal.Bubble(func(t *rehearsal.T) {
		defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
		none := t.Script("Tally", "source")
		got := Tally(none.Sources())
		none.WantElapsed(0, "because there is nothing to wait for")
		kitWantCounts(t, got, map[string]int{})

		one := t.Script("Tally", "source", rehearsal.Call{Name: "mail", Takes: time.Second, Returns: "yes"})
		got = Tally(one.Sources())

		one.WantElapsed(1*time.Second, "the time of the source")
		kitWantCounts(t, got, map[string]int{"yes": 1})
	}))
}

// kitSum returns how many answers were counted.
func kitSum(counts map[string]int) (n int) {
	for _, count := range counts {
		n += count
	}
	return n
}

// kitWantCounts fails the test unless Tally returned the wanted counts.
func kitWantCounts(t testing.TB, got, want map[string]int) {
	t.Helper()
	if maps.Equal(got, want) {
		return
	}
	help := ""
	if n := kitSum(got); n != kitSum(want) {
		help = fmt.Sprintf(": %d of %d answers had been counted when Tally returned", n, kitSum(want))
	}
	t.Fatalf("Tally returned %v; want %v%s", got, want, help)
}
