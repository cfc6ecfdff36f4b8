package waitgroup

import (
	"errors"
	"testing"
	"time"

	"go.uber.org/goleak"

	"example.com/errgroup-workshop/internal/rehearsal"
)

func TestFirstError(t *testing.T) {
	step := rehearsal.NewLadder(t)

	t.Run("runs all tasks at the same time and returns nil when none fails", step.Bubble(func(t *rehearsal.T) {
		defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
		script := t.Script("FirstError", "task",
			rehearsal.Call{Name: "copy", Takes: 1 * time.Second},
			rehearsal.Call{Name: "scan", Takes: 3 * time.Second},
			rehearsal.Call{Name: "sync", Takes: 2 * time.Second},
		)

		err := FirstError(script.Tasks())

		script.WantElapsed(3*time.Second, "the time of the slowest task")
		script.WantEachCalledOnce()
		if err != nil {
			t.Errorf("FirstError returned the error %q; want nil, because every task succeeded", err)
		}
	}))

	t.Run("returns the error of the task that failed", step.Bubble(func(t *rehearsal.T) {
		defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
		script := t.Script("FirstError", "task",
			rehearsal.Call{Name: "copy", Takes: 1 * time.Second},
			rehearsal.Call{Name: "scan", Takes: 2 * time.Second, Fails: rehearsal.ErrEarly},
			rehearsal.Call{Name: "sync", Takes: 3 * time.Second},
		)

		err := FirstError(script.Tasks())

		script.WantElapsed(3*time.Second, "the time of the slowest task")
		kitWantError(t, err, rehearsal.ErrEarly)
	}))

	t.Run("returns the error that occurred first, not that of the first task or the last", step.Bubble(func(t *rehearsal.T) {
		defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
		script := t.Script("FirstError", "task",
			rehearsal.Call{Name: "copy", Takes: 2 * time.Second, Fails: rehearsal.ErrLate},
			rehearsal.Call{Name: "scan", Takes: 1 * time.Second, Fails: rehearsal.ErrEarly},
			rehearsal.Call{Name: "sync", Takes: 3 * time.Second, Fails: rehearsal.ErrLate},
		)

		err := FirstError(script.Tasks())

		script.WantElapsed(3*time.Second, "the time of the slowest task")
		kitWantError(t, err, rehearsal.ErrEarly)
	}))

	// Two cases of a select that are ready at once: it picks one at random.
	t.Run("loses no error of a task that ends at once", step.Bubble(func(t *rehearsal.T) {
		defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
		task := func() error { return rehearsal.ErrEarly }
		t.Stumble(func() string {
			if err := FirstError([]func() error{task}); err == nil {
				return `FirstError returned nil; want the error "early error" of its only task: ` + rehearsal.Overtaken
			}
			return ""
		})
	}))

	// Which of the errors comes first is open here. What only go test -race can
	// see is whether the goroutines look at a variable, and write to it, without a
	// lock. Two by two they do so at the same moment, many times.
	t.Run("returns one of the errors that occur at the same moment", step.Bubble(func(t *rehearsal.T) {
		defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
		meet := t.Crowd()
		fails := func() error { meet(); return rehearsal.ErrEarly }
		rounds := 100
		if rehearsal.RaceEnabled {
			rounds = 2000 // a flag that is atomic leaves but some nanoseconds to see that
		}
		for range rounds {
			kitWantError(t, FirstError([]func() error{fails, fails, fails, fails}), rehearsal.ErrEarly)
		}
	}))

	t.Run("keeps its contract in random scenes", step.Scenes(kitFirstErrorScene))
}

func kitWantError(t testing.TB, got, want error) {
	t.Helper()
	switch {
	case got == nil:
		t.Errorf("FirstError returned nil; want the error %q, which occurred first", want)
	case !errors.Is(got, want):
		t.Errorf("FirstError returned the error %q; want %q, which occurred first", got, want)
	case errors.Is(got, rehearsal.ErrLate):
		t.Errorf("FirstError returned the error %q; want %q alone, which occurred first", got, want)
	}
}
