package withcontext

import (
	"context"
	"errors"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"go.uber.org/goleak"

	"example.com/errgroup-workshop/internal/rehearsal"
)

func TestFetchAll(t *testing.T) {
	step := rehearsal.NewLadder(t)

	t.Run("fetches all keys at the same time and returns the values in their order", step.Bubble(func(t *rehearsal.T) {
		defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
		script := t.Script("FetchAll", "fetch",
			rehearsal.Call{Name: "name", Takes: 3 * time.Hour, Returns: "ada"},
			rehearsal.Call{Name: "town", Takes: 1 * time.Hour, Returns: "london"},
			rehearsal.Call{Name: "year", Takes: 2 * time.Hour, Returns: "1815"},
		)

		got, err := FetchAll(t.Context(), script.Keys(), script.FetchContext)

		script.WantElapsed(3*time.Hour, "the time of the slowest fetch")
		script.WantEachCalledOnce()
		want := []string{"ada", "london", "1815"}
		if err != nil {
			t.Fatalf("FetchAll returned the error %q; want nil, because every fetch succeeded: "+
				"the context of a group is canceled when Wait returns, so don't ask it afterwards", err)
		}
		if !slices.Equal(got, want) {
			t.Errorf("FetchAll returned %q; want %q, in the order of keys", got, want)
		}
	}))

	t.Run("cancels the other fetches when one fails", step.Bubble(func(t *rehearsal.T) {
		defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
		script := t.Script("FetchAll", "fetch",
			rehearsal.Call{Name: "name", Takes: 1 * time.Hour, Returns: "ada"},
			rehearsal.Call{Name: "town", Takes: 1 * time.Second, Fails: rehearsal.ErrEarly},
			rehearsal.Call{Name: "year", Takes: 2 * time.Hour, Returns: "1815"},
		)

		got, err := FetchAll(t.Context(), script.Keys(), script.FetchContext)

		script.WantElapsed(1*time.Second, "the moment at which town failed, which cancels the other fetches")
		kitWantFirstError(t, got, err, rehearsal.ErrEarly)
	}))

	t.Run("returns the error that occurred first, not one that it set off", step.Bubble(func(t *rehearsal.T) {
		defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
		script := t.Script("FetchAll", "fetch",
			rehearsal.Call{Name: "name", Takes: 1 * time.Hour, Returns: "ada"},
			rehearsal.Call{Name: "town", Takes: 3 * time.Second, Fails: rehearsal.ErrLate, IgnoresContext: true},
			rehearsal.Call{Name: "year", Takes: 1 * time.Second, Fails: rehearsal.ErrEarly},
		)

		got, err := FetchAll(t.Context(), script.Keys(), script.FetchContext)

		script.WantElapsed(3*time.Second, "the end of town, which ignores its context")
		kitWantFirstError(t, got, err, rehearsal.ErrEarly)
	}))

	t.Run("waits for a fetch that ignores its context", step.Bubble(func(t *rehearsal.T) {
		defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
		script := t.Script("FetchAll", "fetch",
			rehearsal.Call{Name: "name", Takes: 1 * time.Second, Fails: rehearsal.ErrEarly},
			rehearsal.Call{Name: "town", Takes: 5 * time.Minute, Returns: "london", IgnoresContext: true},
			rehearsal.Call{Name: "year", Takes: 1 * time.Hour, Returns: "1815"},
		)

		got, err := FetchAll(t.Context(), script.Keys(), script.FetchContext)

		script.WantElapsed(5*time.Minute, "the end of town, which ignores its context")
		kitWantFirstError(t, got, err, rehearsal.ErrEarly)
	}))

	t.Run("stops when its own context ends, and says so", step.Real(func(t *testing.T) {
		cases := rehearsal.NewLadder(t)
		for _, tt := range kitEndings[:2] { // what to say about a cause is left open
			t.Run(tt.name, cases.Bubble(func(t *rehearsal.T) {
				defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
				ctx, cancel := tt.at(t.Context(), 2*time.Second)
				defer cancel()
				script := t.Script("FetchAll", "fetch",
					rehearsal.Call{Name: "name", Takes: 1 * time.Second, Returns: "ada"},
					rehearsal.Call{Name: "town", Takes: 1 * time.Hour, Returns: "london"},
				)

				got, err := FetchAll(ctx, script.Keys(), script.FetchContext)

				script.WantElapsed(2*time.Second, "the moment at which its context was done")
				kitWantContextError(t, "FetchAll", err, tt.err)
				kitWantNoValues(t, got)
			}))
		}
	}))

	t.Run("calls no fetch when its context is already done", step.Real(func(t *testing.T) {
		cases := rehearsal.NewLadder(t)
		for _, tt := range kitEndings {
			t.Run(tt.name, cases.Bubble(func(t *rehearsal.T) {
				defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
				ctx, cancel := tt.at(t.Context(), time.Second)
				defer cancel()
				<-ctx.Done()
				script := t.Script("FetchAll", "fetch",
					rehearsal.Call{Name: "name", Takes: 1 * time.Second, Returns: "ada"},
					rehearsal.Call{Name: "town", Takes: 1 * time.Second, Returns: "london", IgnoresContext: true},
				)

				got, err := FetchAll(ctx, script.Keys(), script.FetchContext)

				script.WantNoCall("the context was already done")
				kitWantContextError(t, "FetchAll", err, tt.err)
				kitWantNoValues(t, got)
				_, err = FetchAll(ctx, nil, script.FetchContext)
				kitWantContextError(t, "FetchAll without keys", err, tt.err)
			}))
		}
	}))

	t.Run("gives the fetches a context that is made from its own, and ends it", step.Bubble(func(t *rehearsal.T) {
		defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
		type traceID struct{}
		ctx, cancel := context.WithTimeout(context.WithValue(t.Context(), traceID{}, "trace 7"), time.Hour)
		defer cancel()
		var inner context.Context

		_, err := FetchAll(ctx, []string{"name"}, func(ctx context.Context, key string) (string, error) {
			inner = ctx
			return "ada", nil
		})

		switch {
		case inner == nil:
			t.Errorf("FetchAll called no fetch; want one")
		case err != nil:
			t.Errorf("FetchAll returned the error %q; want nil, because the fetch succeeded", err)
		case ctx.Err() != nil:
			t.Errorf("the context of the caller is done after FetchAll; want only that of the fetches to be canceled")
		case inner.Value(traceID{}) != "trace 7":
			t.Errorf("the fetch doesn't find the value that stands in the context of FetchAll; want a context that is made from it")
		case !kitHasDeadline(inner):
			t.Errorf("the fetch doesn't see the deadline of the context of FetchAll; want a context that is made from it, not from one without cancellation")
		case inner.Err() == nil:
			t.Errorf("the context of the fetch lives on after FetchAll has returned; want it canceled: " +
				"it stays in memory as long as the one that it is made from")
		}
	}))

	// To take a context off its parent takes time here: until the fetches that
	// are canceled have returned their errors.
	t.Run("keeps the first error before it cancels the others", step.Bubble(func(t *rehearsal.T) {
		defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
		ctx := kitNewOpenContext(t.Context(), t.Settle)
		script := t.Script("FetchAll", "fetch",
			rehearsal.Call{Name: "name", Takes: 1 * time.Hour, Returns: "ada"},
			rehearsal.Call{Name: "town", Takes: 1 * time.Second, Fails: rehearsal.ErrEarly},
			rehearsal.Call{Name: "year", Takes: 2 * time.Hour, Returns: "1815"},
		)

		got, err := FetchAll(ctx, script.Keys(), script.FetchContext)

		script.WantElapsed(1*time.Second, "the moment at which town failed, which cancels the other fetches")
		kitWantFirstError(t, got, err, rehearsal.ErrEarly)
		if n := ctx.registered.Load(); n > 0 {
			t.Errorf("FetchAll left %d things registered with its context; want none: call what context.AfterFunc returns, and cancel what you derive", n)
		}
	}))

	// Two cases of a select that are ready at once: it picks one at random.
	t.Run("loses no error of a fetch that ends at once", step.Bubble(func(t *rehearsal.T) {
		defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
		fetch := func(context.Context, string) (string, error) { return "", rehearsal.ErrEarly }
		t.Stumble(func() string {
			if _, err := FetchAll(context.Background(), []string{"name"}, fetch); err == nil {
				return `FetchAll returned the error nil; want "early error", that of its only fetch: ` + rehearsal.Overtaken
			}
			return ""
		})
	}))

	// The first fetch cancels the context while FetchAll still starts others.
	// Chance is left: where it has started all of them by then, a round finds
	// nothing.
	t.Run("says so if its context ends before it has called all fetches", step.Bubble(func(t *rehearsal.T) {
		defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
		t.ManyProcessors()
		keys := make([]string, 3000)
		for range rehearsal.Rounds(8) {
			ctx, cancel := context.WithCancel(t.Context())
			var calls atomic.Int64

			got, err := FetchAll(ctx, keys, func(context.Context, string) (string, error) {
				cancel()
				calls.Add(1)
				return "", nil
			})

			if n := calls.Load(); err == nil && (int(n) < len(keys) || len(got) < len(keys)) {
				t.Fatalf("FetchAll returned %d values and the error nil after %d calls for %d keys; want an error that matches %q: "+
					"a fetch that was left out has no value", len(got), n, len(keys), context.Canceled)
			}
		}
	}))

	t.Run("keeps its contract in random scenes", step.Scenes(kitFetchAllScene))
}

// kitWantFirstError fails the test unless FetchAll returned no values and the
// wanted error, as it is or wrapped.
func kitWantFirstError(t testing.TB, got []string, err, want error) {
	t.Helper()
	switch {
	case err == nil:
		t.Fatalf("FetchAll returned the error nil; want %q, the error that occurred first", want)
	case !errors.Is(err, want) && strings.Contains(err.Error(), want.Error()):
		t.Fatalf("FetchAll returned the error %q, in which errors.Is doesn't find %q; want it wrapped with %%w, not %%v", err, want)
	case !errors.Is(err, want):
		t.Fatalf("FetchAll returned the error %q; want %q, the error that occurred first", err, want)
	case errors.Is(err, context.Canceled) && !errors.Is(want, context.Canceled):
		t.Fatalf("FetchAll returned the error %q, which matches %q; want %q alone: the others were canceled because of it", err, context.Canceled, want)
	}
	for _, other := range []error{rehearsal.ErrLate, context.DeadlineExceeded} {
		if errors.Is(err, other) && !errors.Is(want, other) {
			t.Fatalf("FetchAll returned the error %q, which matches %q; want %q alone, the error that occurred first", err, other, want)
		}
	}
	kitWantNoValues(t, got)
}

func kitHasDeadline(ctx context.Context) bool {
	_, ok := ctx.Deadline()
	return ok
}

func kitWantNoValues(t testing.TB, got []string) {
	t.Helper()
	if got != nil {
		t.Fatalf("FetchAll returned the values %q together with an error; want nil", got)
	}
}
