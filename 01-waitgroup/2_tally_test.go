package waitgroup

import (
	"fmt"
	"maps"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"

	"example.com/errgroup-workshop/internal/rehearsal"
)

func TestTally(t *testing.T) {
	step := rehearsal.NewLadder(t)

	t.Run("counts how many sources gave each answer", step.Bubble(func(t *rehearsal.T) {
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

	t.Run("doesn't count a source that ends its goroutine", step.Bubble(func(t *rehearsal.T) {
		defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
		script := t.Script("Tally", "source",
			rehearsal.Call{Name: "mail", Takes: 1 * time.Second, Returns: "yes"},
			rehearsal.Call{Name: "chat", Takes: 3 * time.Second, Exits: true},
			rehearsal.Call{Name: "shop", Takes: 2 * time.Second, Returns: ""},
		)

		got := Tally(script.Sources())

		script.WantElapsed(3*time.Second, "the time of the slowest source")
		kitWantCounts(t, got, map[string]int{"yes": 1, "": 1})
	}))

	t.Run("starts from zero in each call", step.Bubble(func(t *rehearsal.T) {
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
				t.Fatalf("Tally returned %v; want %v: each call needs its own map", got, want)
			}
		}
	}))

	// All sources answer at the same moment, and their answers are so long that the
	// map needs longer to look for one than for anything else. So most goroutines
	// come while another one has the lock, and wait for it. After a millisecond a
	// mutex goes to whoever waits for it longest: whoever unlocks it between reading
	// and writing gets it back when all others have read the same count. Without a
	// lock two goroutines are in the map at once, and the runtime ends the program
	// with "concurrent map writes".
	t.Run("loses no count when the sources answer at the same moment", step.Bubble(func(t *rehearsal.T) {
		defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
		t.Quiet()
		t.ManyProcessors()
		const million = 1_000_000
		for round, length := range []int{million, million, million, 4 * million, 4 * million} {
			long := strings.Repeat("y", length+100)
			sources := make([]func() string, 64)
			for i := range sources {
				sources[i] = func() string {
					time.Sleep(time.Second)
					return long[i : i+length+i/4] // four sources give the same answer, from different memory
				}
			}

			got := Tally(sources)

			if n := kitSum(got); n != 64 || len(got) != 16 {
				t.Fatalf("in round %d Tally counted %d answers, of %d kinds; want 64, of 16 kinds: "+
					"a WaitGroup waits, but goroutines that write to the same map need a lock, "+
					"held from before the old count is read until the new one is written", round, n, len(got))
			}
		}
	}))

	t.Run("keeps its contract in random scenes", step.Scenes(kitTallyScene))
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
	switch n, all := kitSum(got), kitSum(want); {
	case n < all:
		help = fmt.Sprintf(": %d of %d answers had been counted when Tally returned", n, all)
	case n > all:
		help = fmt.Sprintf(": it counted %d answers where %d were given; a source that ends its goroutine gives none", n, all)
	}
	t.Fatalf("Tally returned %v; want %v%s", got, want, help)
}
