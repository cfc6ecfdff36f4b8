package withcontext

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"go.uber.org/goleak"

	"example.com/errgroup-workshop/internal/rehearsal"
)

var (
	errEarly = errors.New("early error")
	errLate  = errors.New("late error")
)

func TestFetchAll(t *testing.T) {
	t.Run("fetches all keys at the same time and returns the values in their order", rehearsal.Bubble(func(t *rehearsal.T) {
		defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
		script := t.Script("FetchAll", "fetch",
			rehearsal.Call{Name: "name", Takes: 3 * time.Second, Returns: "ada"},
			rehearsal.Call{Name: "town", Takes: 1 * time.Second, Returns: "london"},
			rehearsal.Call{Name: "year", Takes: 2 * time.Second, Returns: "1815"},
		)

		got, err := FetchAll(t.Context(), script.Keys(), script.FetchContext)

		script.WantElapsed(3*time.Second, "the time of the slowest fetch")
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

	t.Run("cancels the other fetches when one fails", rehearsal.Bubble(func(t *rehearsal.T) {
		defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
		script := t.Script("FetchAll", "fetch",
			rehearsal.Call{Name: "name", Takes: 1 * time.Hour, Returns: "ada"},
			rehearsal.Call{Name: "town", Takes: 1 * time.Second, Fails: errEarly},
			rehearsal.Call{Name: "year", Takes: 2 * time.Hour, Returns: "1815"},
		)

		got, err := FetchAll(t.Context(), script.Keys(), script.FetchContext)

		script.WantElapsed(1*time.Second, "the moment at which town failed, which cancels the other fetches")
		wantFirstError(t, got, err, errEarly)
	}))

	t.Run("returns the error that occurred first, not one that it set off", rehearsal.Bubble(func(t *rehearsal.T) {
		defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
		script := t.Script("FetchAll", "fetch",
			rehearsal.Call{Name: "name", Takes: 1 * time.Hour, Returns: "ada"},
			rehearsal.Call{Name: "town", Takes: 3 * time.Second, Fails: errLate, IgnoresContext: true},
			rehearsal.Call{Name: "year", Takes: 1 * time.Second, Fails: errEarly},
		)

		got, err := FetchAll(t.Context(), script.Keys(), script.FetchContext)

		script.WantElapsed(3*time.Second, "the end of town, which ignores its context")
		wantFirstError(t, got, err, errEarly)
	}))

	t.Run("waits for a fetch that ignores its context", rehearsal.Bubble(func(t *rehearsal.T) {
		defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
		script := t.Script("FetchAll", "fetch",
			rehearsal.Call{Name: "name", Takes: 1 * time.Second, Fails: errEarly},
			rehearsal.Call{Name: "town", Takes: 5 * time.Minute, Returns: "london", IgnoresContext: true},
			rehearsal.Call{Name: "year", Takes: 1 * time.Hour, Returns: "1815"},
		)

		got, err := FetchAll(t.Context(), script.Keys(), script.FetchContext)

		script.WantElapsed(5*time.Minute, "the end of town, which ignores its context")
		wantFirstError(t, got, err, errEarly)
	}))

	t.Run("stops when its own context ends, and says so", func(t *testing.T) {
		for _, tt := range []struct {
			name string
			end  endContext
			want error
		}{
			{"canceled after 2s", cancelAfter(2 * time.Second), context.Canceled},
			{"deadline after 2s", deadlineAfter(2 * time.Second), context.DeadlineExceeded},
		} {
			t.Run(tt.name, rehearsal.Bubble(func(t *rehearsal.T) {
				defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
				ctx, cancel := tt.end(t.Context())
				defer cancel()
				script := t.Script("FetchAll", "fetch",
					rehearsal.Call{Name: "name", Takes: 1 * time.Second, Returns: "ada"},
					rehearsal.Call{Name: "town", Takes: 1 * time.Hour, Returns: "london"},
				)

				got, err := FetchAll(ctx, script.Keys(), script.FetchContext)

				script.WantElapsed(2*time.Second, "the moment at which its context was done")
				wantContextError(t, "FetchAll", err, tt.want)
				if got != nil {
					t.Errorf("FetchAll returned the values %q together with an error; want nil", got)
				}
			}))
		}
	})

	// A fetch may have a timeout of its own. Its error looks like the end of
	// the context, and is a failure like any other.
	t.Run("returns a fetch's own timeout as the first error", func(t *testing.T) {
		for _, tt := range []struct {
			name string
			err  error
		}{
			{"deadline exceeded", context.DeadlineExceeded},
			{"canceled", context.Canceled},
		} {
			t.Run(tt.name, rehearsal.Bubble(func(t *rehearsal.T) {
				defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
				errOwn := fmt.Errorf("town gave up: %w", tt.err)
				script := t.Script("FetchAll", "fetch",
					rehearsal.Call{Name: "name", Takes: 1 * time.Hour, Returns: "ada"},
					rehearsal.Call{Name: "town", Takes: 2 * time.Second, Fails: errOwn},
				)

				got, err := FetchAll(t.Context(), script.Keys(), script.FetchContext)

				script.WantElapsed(2*time.Second, "the moment at which town failed, which cancels the other fetches")
				wantFirstError(t, got, err, errOwn)
			}))
		}
	})

	t.Run("calls no fetch when its context is already done", rehearsal.Bubble(func(t *rehearsal.T) {
		defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		script := t.Script("FetchAll", "fetch",
			rehearsal.Call{Name: "name", Takes: 1 * time.Second, Returns: "ada"},
			rehearsal.Call{Name: "town", Takes: 1 * time.Second, Returns: "london", IgnoresContext: true},
		)

		_, err := FetchAll(ctx, script.Keys(), script.FetchContext)

		script.WantNoCall("the context was already done")
		wantContextError(t, "FetchAll", err, context.Canceled)
	}))

	t.Run("leaves its own context alive", rehearsal.Bubble(func(t *rehearsal.T) {
		defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		script := t.Script("FetchAll", "fetch", rehearsal.Call{Name: "name", Takes: time.Second, Fails: errEarly})

		got, err := FetchAll(ctx, script.Keys(), script.FetchContext)

		script.WantElapsed(1*time.Second, "the time of the fetch")
		wantFirstError(t, got, err, errEarly)
		if ctx.Err() != nil {
			t.Errorf("the context of the caller is done after FetchAll; want only the context of the group to be canceled")
		}
	}))

	// What only go test -race can see is whether the goroutines write to the
	// same variable without a lock.
	t.Run("fetches no key, or a thousand at the same moment", rehearsal.Bubble(func(t *rehearsal.T) {
		defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
		none := t.Script("FetchAll", "fetch")
		if got, err := FetchAll(t.Context(), none.Keys(), none.FetchContext); len(got) != 0 || err != nil {
			t.Errorf("FetchAll returned %q and the error %v for no keys; want no values and nil", got, err)
		}

		calls := make([]rehearsal.Call, 1000)
		for i := range calls {
			calls[i] = rehearsal.Call{Name: fmt.Sprint(i), Takes: time.Second, Returns: fmt.Sprint(i)}
		}
		script := t.Script("FetchAll", "fetch", calls...)
		got, err := FetchAll(t.Context(), script.Keys(), script.FetchContext)

		script.WantElapsed(1*time.Second, "the time of each fetch")
		script.WantEachCalledOnce()
		if err != nil || !slices.Equal(got, script.Keys()) {
			t.Errorf("FetchAll returned %d values, first %.3q, and the error %v; want 1000 in the order of keys, and nil", len(got), got, err)
		}
	}))
}

// wantFirstError fails the test unless FetchAll returned no values and the
// wanted error, as it is or wrapped.
func wantFirstError(t testing.TB, got []string, err, want error) {
	t.Helper()
	switch {
	case err == nil:
		t.Fatalf("FetchAll returned the error nil; want %q, the error that occurred first", want)
	case !errors.Is(err, want):
		t.Fatalf("FetchAll returned the error %q; want %q, the error that occurred first", err, want)
	case got != nil:
		t.Fatalf("FetchAll returned the values %q together with an error; want nil", got)
	}
}
