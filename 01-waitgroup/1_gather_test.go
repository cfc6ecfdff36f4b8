package waitgroup

import (
	"testing"
	"time"

	"go.uber.org/goleak"

	"example.com/errgroup-workshop/internal/rehearsal"
)

func TestGather(t *testing.T) {
	step := rehearsal.NewLadder(t)

	t.Run("waits for a source and returns its answer", step.Bubble(func(t *rehearsal.T) {
		defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
		script := t.Script("Gather", "source",
			rehearsal.Call{Name: "mail", Takes: 3 * time.Second, Returns: "ada@example.com"},
		)

		got := Gather(script.Sources())

		script.WantElapsed(3*time.Second, "the time of the source")
		kitWantAnswers(t, got, []string{"ada@example.com"})
	}))

	t.Run("asks all sources at the same time", step.Bubble(func(t *rehearsal.T) {
		defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
		script := t.Script("Gather", "source",
			rehearsal.Call{Name: "mail", Takes: 1 * time.Second, Returns: "ada@example.com"},
			rehearsal.Call{Name: "chat", Takes: 2 * time.Second, Returns: "ada"},
			rehearsal.Call{Name: "shop", Takes: 3 * time.Second, Returns: "customer 7"},
		)

		got := Gather(script.Sources())

		script.WantElapsed(3*time.Second, "the time of the slowest source")
		script.WantEachCalledOnce()
		kitWantAnswers(t, got, []string{"ada@example.com", "ada", "customer 7"})
	}))

	t.Run("returns the answers in the order of the sources", step.Bubble(func(t *rehearsal.T) {
		defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
		script := t.Script("Gather", "source",
			rehearsal.Call{Name: "mail", Takes: 3 * time.Second, Returns: "ada@example.com"},
			rehearsal.Call{Name: "chat", Takes: 1 * time.Second, Returns: "ada"},
			rehearsal.Call{Name: "shop", Takes: 2 * time.Second, Returns: "customer 7"},
		)

		got := Gather(script.Sources())

		script.WantElapsed(3*time.Second, "the time of the slowest source")
		kitWantAnswers(t, got, []string{"ada@example.com", "ada", "customer 7"})
	}))

	t.Run("waits for a source that ends its goroutine, and leaves its answer empty", step.Bubble(func(t *rehearsal.T) {
		defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
		script := t.Script("Gather", "source",
			rehearsal.Call{Name: "mail", Takes: 1 * time.Second, Exits: true},
			rehearsal.Call{Name: "chat", Takes: 3 * time.Second, Returns: "ada"},
			rehearsal.Call{Name: "shop", Takes: 2 * time.Second, Exits: true},
		)

		got := Gather(script.Sources())

		script.WantElapsed(3*time.Second, "the time of the slowest source")
		kitWantAnswers(t, got, []string{"", "ada", ""})
	}))

	t.Run("serves two callers at the same time", step.Bubble(func(t *rehearsal.T) {
		defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
		first := t.Script("Gather", "source",
			rehearsal.Call{Name: "mail", Takes: 1 * time.Second, Returns: "ada@example.com"},
			rehearsal.Call{Name: "chat", Takes: 3 * time.Second, Returns: "ada"},
		)
		answers := make(chan []string, 1)
		go func() { answers <- Gather(first.Sources()) }()
		time.Sleep(500 * time.Millisecond) // its sources are being asked meanwhile
		second := t.Script("Gather", "source",
			rehearsal.Call{Name: "mail", Takes: 2 * time.Second, Returns: "bob@example.com"},
			rehearsal.Call{Name: "chat", Takes: 4 * time.Second, Returns: "bob"},
		)

		got := Gather(second.Sources())

		second.WantElapsed(4*time.Second, "the time of the slowest source")
		kitWantAnswers(t, got, []string{"bob@example.com", "bob"})
		kitWantAnswers(t, <-answers, []string{"ada@example.com", "ada"})
	}))

	// Without the wait it is a matter of luck which goroutines have begun when
	// Gather gets to its end. 500 rounds leave nothing to luck.
	t.Run("waits for the sources in each of 500 rounds", step.Bubble(func(t *rehearsal.T) {
		defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
		for round := range 500 {
			begin := time.Now()
			source := func() string { time.Sleep(time.Second); return "ada" }

			got := Gather([]func() string{source, source, source})

			if elapsed := time.Since(begin); elapsed != time.Second {
				t.Fatalf("in round %d Gather returned after %v; want 1s, the time of each source: "+
					"Wait returns at once while the counter is zero, so count a goroutine before you start it", round, elapsed)
			}
			kitWantAnswers(t, got, []string{"ada", "ada", "ada"})
		}
	}))

	t.Run("keeps its contract in random scenes", step.Scenes(kitGatherScene))
}
