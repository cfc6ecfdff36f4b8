package waitgroup

import (
	"errors"
	"testing"
	"time"

	"go.uber.org/goleak"

	"example.com/errgroup-workshop/internal/rehearsal"
)

func TestFirstError(t *testing.T) {
	t.Run("runs all tasks at the same time and returns nil when none fails", rehearsal.Bubble(func(t *rehearsal.T) {
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

	t.Run("returns the error of the task that failed", rehearsal.Bubble(func(t *rehearsal.T) {
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

	t.Run("returns the error that occurred first, not that of the first task or the last", rehearsal.Bubble(func(t *rehearsal.T) {
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

	t.Run("waits for the other tasks after an error", rehearsal.Bubble(func(t *rehearsal.T) {
		defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
		script := t.Script("FirstError", "task",
			rehearsal.Call{Name: "copy", Takes: 1 * time.Second, Fails: rehearsal.ErrEarly},
			rehearsal.Call{Name: "scan", Takes: 5 * time.Minute},
			rehearsal.Call{Name: "sync", Takes: 3 * time.Minute, Fails: rehearsal.ErrLate},
		)

		err := FirstError(script.Tasks())

		script.WantElapsed(5*time.Minute, "the time of the slowest task")
		kitWantError(t, err, rehearsal.ErrEarly)
	}))

	// Which of the errors comes first is open here. What only go test -race can
	// see is whether the goroutines write to the same variable without a lock.
	t.Run("returns one of a thousand errors that occur at the same moment", rehearsal.Bubble(func(t *rehearsal.T) {
		defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
		calls := rehearsal.Numbered(1000)
		for i := range calls {
			calls[i].Fails = rehearsal.ErrEarly
		}
		script := t.Script("FirstError", "task", calls...)

		err := FirstError(script.Tasks())

		script.WantElapsed(1*time.Second, "the time of each task")
		kitWantError(t, err, rehearsal.ErrEarly)
	}))

	t.Run("runs every task although others fail at once", rehearsal.Bubble(func(t *rehearsal.T) {
		defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
		calls := rehearsal.Numbered(200)
		for i := range calls {
			calls[i].Takes, calls[i].Fails = 0, rehearsal.ErrEarly
		}
		script := t.Script("FirstError", "task", calls...)

		err := FirstError(script.Tasks())

		script.WantElapsed(0, "the time of each task")
		script.WantEachCalledOnce()
		kitWantError(t, err, rehearsal.ErrEarly)
	}))

	t.Run("runs no task, or one", rehearsal.Bubble(func(t *rehearsal.T) {
		defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
		none := t.Script("FirstError", "task")
		err := FirstError(none.Tasks())
		none.WantElapsed(0, "because there is nothing to wait for")
		if err != nil {
			t.Errorf("FirstError returned the error %q for no tasks; want nil", err)
		}

		one := t.Script("FirstError", "task", rehearsal.Call{Name: "copy", Takes: time.Second, Fails: rehearsal.ErrEarly})
		err = FirstError(one.Tasks())

		one.WantElapsed(1*time.Second, "the time of the task")
		kitWantError(t, err, rehearsal.ErrEarly)
	}))
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
