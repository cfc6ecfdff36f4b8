package main

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"go.uber.org/goleak"

	"example.com/errgroup-workshop/internal/rehearsal"
)

func TestGather(t *testing.T) {
	step := rehearsal.NewLadder(t)

	t.Run("asks all fetchers at the same time, and returns the results in the order of arrival", step.Bubble(func(t *rehearsal.T) {
		defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
		script := t.Script("Gather", "fetch",
			rehearsal.Call{Name: "name", Takes: 3 * time.Second, Returns: "ada"},
			rehearsal.Call{Name: "points", Takes: 1 * time.Second, Returns: "20"},
			rehearsal.Call{Name: "orders", Takes: 2 * time.Second, Returns: "7"},
		)

		got, err := Gather(t.Context(), kitAda, kitFetchers(script))

		script.WantElapsed(3*time.Second, "the time of the slowest fetch")
		script.WantEachCalledOnce()
		kitWantNoError(t, "Gather", err)
		kitWantResults(t, "Gather", got, Result{"points", "20"}, Result{"orders", "7"}, Result{"name", "ada"})
	}))

	t.Run("hands the email to every fetcher", step.Bubble(func(t *rehearsal.T) {
		defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
		echo := kitFetchFunc(func(ctx context.Context, email string, results chan<- Result) error {
			results <- Result{"email", email}
			return nil
		})

		const email = " Ada@Example.com"

		got, err := Gather(t.Context(), email, []Fetcher{echo, echo})

		kitWantNoError(t, "Gather", err)
		kitWantResults(t, "Gather", got, Result{"email", email}, Result{"email", email})
	}))

	t.Run("expects no result of a fetcher that knows nothing", step.Bubble(func(t *rehearsal.T) {
		defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
		script := t.Script("Gather", "fetch",
			rehearsal.Call{Name: "name", Takes: 3 * time.Second},
			rehearsal.Call{Name: "points", Takes: 1 * time.Second, Returns: "20"},
			rehearsal.Call{Name: "orders", Takes: 2 * time.Second},
		)

		got, err := Gather(t.Context(), kitAda, kitFetchers(script))

		script.WantElapsed(3*time.Second, "the time of the slowest fetch")
		kitWantNoError(t, "Gather", err)
		kitWantResults(t, "Gather", got, Result{"points", "20"})
	}))

	t.Run("asks thousands of fetchers at the same time", step.Bubble(func(t *rehearsal.T) {
		defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
		const n = 3000
		fetchers := slices.Repeat([]Fetcher{kitEcho{}}, n)
		script := t.Script("Gather", "fetch")

		got, err := Gather(t.Context(), kitAda, fetchers)

		script.WantElapsed(1*time.Second, "the time of each fetch: all of them run at the same time, without a limit")
		kitWantNoError(t, "Gather", err)
		if len(got) != n {
			t.Errorf("Gather returned %d results; want %d, one from each fetcher", len(got), n)
		}
	}))

	// A select that could take a result or the end of the group takes either by
	// chance, if both are ready when it looks.
	t.Run("loses no result, however late it looks", step.Bubble(func(t *rehearsal.T) {
		defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
		quick := kitFetchFunc(func(_ context.Context, _ string, results chan<- Result) error {
			results <- Result{"points", "20"}
			return nil
		})
		fetchers := []Fetcher{quick, quick, quick}

		t.Stumble(func() (fault string) {
			got, err := Gather(t.Context(), kitAda, fetchers)
			if len(got) != 3 || err != nil {
				return fmt.Sprintf("Gather returned %d results and the error %s; want 3 and nil: "+
					"when a result and the end of the group are both ready, a select picks one at random", len(got), kitQuoted(err))
			}
			return ""
		})
	}))

	t.Run("returns the results that arrived before the first error, together with it", step.Bubble(func(t *rehearsal.T) {
		defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
		script := t.Script("Gather", "fetch",
			rehearsal.Call{Name: "name", Takes: 1 * time.Second, Returns: "ada"},
			rehearsal.Call{Name: "points", Takes: 2 * time.Second, Fails: rehearsal.ErrEarly},
			rehearsal.Call{Name: "orders", Takes: 1 * time.Hour, Returns: "7"},
		)

		got, err := Gather(t.Context(), kitAda, kitFetchers(script))

		script.WantElapsed(2*time.Second, "the moment at which points failed, which cancels the others")
		kitWantError(t, "Gather", err, rehearsal.ErrEarly)
		if len(got) == 0 {
			t.Fatalf("Gather returned no results together with the error; want the one that arrived before it: some data is better than none")
		}
		kitWantResults(t, "Gather", got, Result{"name", "ada"})
	}))

	t.Run("stops when its context is done, and returns what arrived", step.Bubble(func(t *rehearsal.T) {
		defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
		ctx, cancel := rehearsal.CancelAfter(t.Context(), 2*time.Second)
		defer cancel()
		script := t.Script("Gather", "fetch",
			rehearsal.Call{Name: "name", Takes: 1 * time.Second, Returns: "ada"},
			rehearsal.Call{Name: "points", Takes: 1 * time.Hour, Returns: "20"},
		)

		got, err := Gather(ctx, kitAda, kitFetchers(script))

		script.WantElapsed(2*time.Second, "the moment at which its context was done")
		kitWantError(t, "Gather", err, context.Canceled)
		kitWantResults(t, "Gather", got, Result{"name", "ada"})
	}))

	t.Run("waits for a fetcher that ignores the end of its context", step.Bubble(func(t *rehearsal.T) {
		defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
		ctx, cancel := context.WithTimeout(t.Context(), 2*time.Second)
		defer cancel()
		script := t.Script("Gather", "fetch",
			rehearsal.Call{Name: "name", Takes: 1 * time.Hour, Returns: "ada"},
			rehearsal.Call{Name: "points", Takes: 5 * time.Minute, Returns: "20", IgnoresContext: true},
		)

		got, err := Gather(ctx, kitAda, kitFetchers(script))

		script.WantElapsed(5*time.Minute, "the end of points, which ignores its context")
		kitWantError(t, "Gather", err, context.DeadlineExceeded)
		kitWantResults(t, "Gather", got, Result{"points", "20"})
	}))

	t.Run("keeps its contract in random scenes", step.Scenes(kitGatherScene))
}
