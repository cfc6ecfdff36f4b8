package main

import (
	"context"
	"fmt"
	"testing"
	"time"

	"go.uber.org/goleak"

	"example.com/errgroup-workshop/internal/rehearsal"
)

func TestGather(t *testing.T) {
	t.Run("asks all fetchers at the same time, and returns the results in the order of arrival", rehearsal.Bubble(func(t *rehearsal.T) {
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

	t.Run("hands the email to every fetcher", rehearsal.Bubble(func(t *rehearsal.T) {
		defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
		echo := kitFetchFunc(func(ctx context.Context, email string, results chan<- Result) error {
			results <- Result{"email", email}
			return nil
		})

		got, err := Gather(t.Context(), kitAda, []Fetcher{echo, echo})

		kitWantNoError(t, "Gather", err)
		kitWantResults(t, "Gather", got, Result{"email", kitAda}, Result{"email", kitAda})
	}))

	t.Run("expects no result of a fetcher that knows nothing", rehearsal.Bubble(func(t *rehearsal.T) {
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

	t.Run("has room for every result, of none or a thousand fetchers", rehearsal.Bubble(func(t *rehearsal.T) {
		defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
		got, err := Gather(t.Context(), kitAda, nil)
		kitWantNoError(t, "Gather", err)
		kitWantResults(t, "Gather", got)

		var calls []rehearsal.Call
		for i := range 1000 {
			calls = append(calls, rehearsal.Call{Name: fmt.Sprint(i), Takes: time.Second, Returns: fmt.Sprint(i)})
		}
		script := t.Script("Gather", "fetch", calls...)

		got, err = Gather(t.Context(), kitAda, kitFetchers(script))

		script.WantElapsed(1*time.Second, "the time of each fetch")
		script.WantEachCalledOnce()
		kitWantNoError(t, "Gather", err)
		seen := make(map[string]bool)
		for _, result := range got {
			seen[result.Key] = true
		}
		if len(got) != 1000 || len(seen) != 1000 {
			t.Errorf("Gather returned %d results with %d keys; want one of each of the 1000 fetchers", len(got), len(seen))
		}
	}))

	t.Run("returns the results that arrived before the first error, together with it", rehearsal.Bubble(func(t *rehearsal.T) {
		defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
		script := t.Script("Gather", "fetch",
			rehearsal.Call{Name: "name", Takes: 1 * time.Second, Returns: "ada"},
			rehearsal.Call{Name: "points", Takes: 2 * time.Second, Fails: kitErrEarly},
			rehearsal.Call{Name: "orders", Takes: 1 * time.Hour, Returns: "7"},
		)

		got, err := Gather(t.Context(), kitAda, kitFetchers(script))

		script.WantElapsed(2*time.Second, "the moment at which points failed, which cancels the others")
		kitWantError(t, "Gather", err, kitErrEarly)
		if len(got) == 0 {
			t.Fatalf("Gather returned no results together with the error; want the one that arrived before it: some data is better than none")
		}
		kitWantResults(t, "Gather", got, Result{"name", "ada"})
	}))

	t.Run("returns the first error when there are several", rehearsal.Bubble(func(t *rehearsal.T) {
		defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
		script := t.Script("Gather", "fetch",
			rehearsal.Call{Name: "name", Takes: 3 * time.Second, Fails: kitErrLate, IgnoresContext: true},
			rehearsal.Call{Name: "points", Takes: 1 * time.Second, Fails: kitErrEarly},
			rehearsal.Call{Name: "orders", Takes: 2 * time.Second, Returns: "7", IgnoresContext: true},
		)

		got, err := Gather(t.Context(), kitAda, kitFetchers(script))

		script.WantElapsed(3*time.Second, "the end of name, which ignores its context")
		kitWantError(t, "Gather", err, kitErrEarly)
		kitWantResults(t, "Gather", got, Result{"orders", "7"})
	}))

	t.Run("stops when its context is done, and returns what arrived", func(t *testing.T) {
		for _, tt := range kitEndings {
			t.Run(tt.name, rehearsal.Bubble(func(t *rehearsal.T) {
				defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
				ctx, cancel := tt.end(t.Context())
				defer cancel()
				script := t.Script("Gather", "fetch",
					rehearsal.Call{Name: "name", Takes: 1 * time.Second, Returns: "ada"},
					rehearsal.Call{Name: "points", Takes: 1 * time.Hour, Returns: "20"},
				)

				got, err := Gather(ctx, kitAda, kitFetchers(script))

				script.WantElapsed(2*time.Second, "the moment at which its context was done")
				kitWantError(t, "Gather", err, tt.err)
				kitWantResults(t, "Gather", got, Result{"name", "ada"})
			}))
		}
	})

	t.Run("waits for a fetcher that ignores the end of its context", rehearsal.Bubble(func(t *rehearsal.T) {
		defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
		ctx, cancel := kitEndings[1].end(t.Context())
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
}
