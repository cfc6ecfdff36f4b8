package main

import (
	"context"
	"math"
	"slices"
	"testing"
	"time"

	"go.uber.org/goleak"

	"example.com/errgroup-workshop/internal/rehearsal"
)

func TestRetryFetcher(t *testing.T) {
	kitBeginExtra(t, extraRetry, "extraRetry")

	t.Run("asks once when the first try succeeds", rehearsal.Bubble(func(t *rehearsal.T) {
		defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
		source := kitTries(t, rehearsal.Call{Takes: 3 * time.Second, Returns: "20"})
		results := make(chan Result, 2)

		err := (&RetryFetcher{Fetcher: source, Tries: 3, Wait: time.Second}).Fetch(t.Context(), kitAda, results)

		source.WantElapsed(3*time.Second, "the time of the first try, which succeeds")
		kitWantNoError(t, "RetryFetcher.Fetch", err)
		kitWantResults(t, "RetryFetcher.Fetch", kitDrain(results), Result{"try 1", "20"})
		kitWantOpen(t, "RetryFetcher.Fetch", results)
	}))

	t.Run("asks again when a try has failed, after a wait", rehearsal.Bubble(func(t *rehearsal.T) {
		defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
		source := kitTries(t,
			rehearsal.Call{Takes: 1 * time.Second, Fails: kitErrEarly},
			rehearsal.Call{Takes: 2 * time.Second, Returns: "20"},
		)
		results := make(chan Result, 2)

		err := (&RetryFetcher{Fetcher: source, Tries: 3, Wait: 5 * time.Second, Jitter: kitNone}).Fetch(t.Context(), kitAda, results)

		source.wantAsked("the second time a Wait of 5s after the first try failed", 0, 6*time.Second)
		source.WantElapsed(8*time.Second, "the moment at which the second try succeeded")
		kitWantNoError(t, "RetryFetcher.Fetch", err)
		kitWantResults(t, "RetryFetcher.Fetch", kitDrain(results), Result{"try 2", "20"})
	}))

	t.Run("waits twice as long before each further try", rehearsal.Bubble(func(t *rehearsal.T) {
		defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
		source := kitTries(t,
			rehearsal.Call{Takes: time.Second, Fails: kitErrEarly},
			rehearsal.Call{Takes: time.Second, Fails: kitErrEarly},
			rehearsal.Call{Takes: time.Second, Fails: kitErrEarly},
			rehearsal.Call{Takes: time.Second, Returns: "20"},
		)

		err := (&RetryFetcher{Fetcher: source, Tries: 4, Wait: 3 * time.Second, Jitter: kitNone}).Fetch(t.Context(), kitAda, make(chan Result, 1))

		source.wantAsked("with waits of 3s, 6s and 12s between tries of 1s", 0, 4*time.Second, 11*time.Second, 24*time.Second)
		kitWantNoError(t, "RetryFetcher.Fetch", err)
	}))

	t.Run("takes nil for a success, also without a result", rehearsal.Bubble(func(t *rehearsal.T) {
		defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
		source := kitTries(t, rehearsal.Call{Takes: time.Second, Fails: kitErrEarly}, rehearsal.Call{Takes: time.Second})
		results := make(chan Result, 1)

		err := (&RetryFetcher{Fetcher: source, Tries: 5, Wait: time.Second, Jitter: kitNone}).Fetch(t.Context(), kitAda, results)

		source.WantElapsed(3*time.Second, "when the second try returned nil: that is a success, also without a result, so ask no more")
		kitWantNoError(t, "RetryFetcher.Fetch", err)
		kitWantResults(t, "RetryFetcher.Fetch", kitDrain(results))
	}))

	t.Run("returns the error of the last try, and doesn't wait after it", rehearsal.Bubble(func(t *rehearsal.T) {
		defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
		source := kitTries(t,
			rehearsal.Call{Takes: time.Second, Fails: kitErrEarly},
			rehearsal.Call{Takes: time.Second, Fails: kitErrEarly},
			rehearsal.Call{Takes: time.Second, Fails: kitErrLate},
		)

		err := (&RetryFetcher{Fetcher: source, Tries: 3, Wait: time.Second, Jitter: kitNone}).Fetch(t.Context(), kitAda, make(chan Result, 1))

		source.wantAsked("three times, because Tries is 3", 0, 2*time.Second, 5*time.Second)
		source.WantElapsed(6*time.Second, "the moment at which the last try failed")
		kitWantError(t, "RetryFetcher.Fetch", err, kitErrLate)
	}))

	t.Run("asks once when Tries is below 1", rehearsal.Bubble(func(t *rehearsal.T) {
		defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
		for _, n := range []int{0, -1} {
			source := kitTries(t, rehearsal.Call{Takes: time.Second, Fails: kitErrEarly})

			err := (&RetryFetcher{Fetcher: source, Tries: n, Wait: time.Second}).Fetch(t.Context(), kitAda, make(chan Result, 1))

			source.WantElapsed(time.Second, "the time of the only try")
			kitWantError(t, "RetryFetcher.Fetch", err, kitErrEarly)
		}
	}))

	t.Run("doesn't wait when Wait is 0 or below", rehearsal.Bubble(func(t *rehearsal.T) {
		defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
		for _, wait := range []time.Duration{0, -time.Hour} {
			source := kitTries(t, rehearsal.Call{Takes: time.Second, Fails: kitErrEarly}, rehearsal.Call{Takes: time.Second, Returns: "20"})

			err := (&RetryFetcher{Fetcher: source, Tries: 2, Wait: wait}).Fetch(t.Context(), kitAda, make(chan Result, 1))

			source.WantElapsed(2*time.Second, "the time of the two tries")
			kitWantNoError(t, "RetryFetcher.Fetch", err)
		}
	}))

	t.Run("has a random time for the shortest wait too", rehearsal.Bubble(func(t *rehearsal.T) {
		defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
		source := kitTries(t, rehearsal.Call{Fails: kitErrEarly}, rehearsal.Call{Returns: "20"})

		results := make(chan Result, 1)

		err := (&RetryFetcher{Fetcher: source, Tries: 2, Wait: time.Nanosecond}).Fetch(t.Context(), kitAda, results)

		source.Returned()
		kitWantNoError(t, "RetryFetcher.Fetch", err)
		kitWantResults(t, "RetryFetcher.Fetch", kitDrain(results), Result{"try 2", "20"})
	}))

	t.Run("waits as long as Jitter says, and doubles what Jitter gets", rehearsal.Bubble(func(t *rehearsal.T) {
		defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
		source := kitTries(t,
			rehearsal.Call{Takes: time.Second, Fails: kitErrEarly},
			rehearsal.Call{Takes: time.Second, Fails: kitErrEarly},
			rehearsal.Call{Takes: time.Second, Returns: "20"},
		)
		var got []time.Duration
		jitter := func(d time.Duration) time.Duration {
			got = append(got, d)
			return map[int]time.Duration{1: 2 * time.Second, 2: 40 * time.Second}[len(got)]
		}

		err := (&RetryFetcher{Fetcher: source, Tries: 3, Wait: 8 * time.Second, Jitter: jitter}).Fetch(t.Context(), kitAda, make(chan Result, 1))

		kitWantNoError(t, "RetryFetcher.Fetch", err)
		if want := []time.Duration{8 * time.Second, 16 * time.Second}; !slices.Equal(got, want) {
			t.Fatalf("RetryFetcher.Fetch called Jitter with %v; want %v: Wait, and then twice as much, whatever Jitter returned", got, want)
		}
		source.wantAsked("because Jitter returned 2s and 40s", 0, 3*time.Second, 44*time.Second)
	}))

	// Two hundred clients: their waits must lie between half and all of what
	// the schedule says, and some of them in each tenth at the ends.
	t.Run("waits for a random time, half of the wait or more, when Jitter is nil", rehearsal.Bubble(func(t *rehearsal.T) {
		defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
		var waits [2][]time.Duration
		for range 200 {
			var asked []time.Time
			source := kitFetchFunc(func(context.Context, string, chan<- Result) error {
				asked = append(asked, time.Now())
				return kitErrEarly
			})

			err := (&RetryFetcher{Fetcher: source, Tries: 3, Wait: 10 * time.Second}).Fetch(t.Context(), kitAda, make(chan Result, 1))

			kitWantError(t, "RetryFetcher.Fetch", err, kitErrEarly)
			if len(asked) != 3 {
				t.Fatalf("RetryFetcher.Fetch asked the wrapped Fetcher %d times; want 3, because Tries is 3", len(asked))
			}
			for i := range waits {
				waits[i] = append(waits[i], asked[i+1].Sub(asked[i]))
			}
		}
		for i, most := range []time.Duration{10 * time.Second, 20 * time.Second} {
			shortest, longest := slices.Min(waits[i]), slices.Max(waits[i])
			if shortest < most/2 || shortest > most*6/10 || longest < most*9/10 || longest > most {
				t.Fatalf("before try %d RetryFetcher.Fetch waited from %v to %v in 200 calls; want random times from %v to %v, because Jitter is nil",
					i+2, shortest, longest, most/2, most)
			}
		}
	}))

	t.Run("doubles the wait no further than a Duration can hold", rehearsal.Bubble(func(t *rehearsal.T) {
		defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
		var got []time.Duration
		jitter := func(d time.Duration) time.Duration {
			got = append(got, d)
			return 0
		}
		down := kitFetchFunc(func(context.Context, string, chan<- Result) error { return kitErrEarly })

		err := (&RetryFetcher{Fetcher: down, Tries: 100, Wait: time.Second, Jitter: jitter}).Fetch(t.Context(), kitAda, make(chan Result, 1))

		kitWantError(t, "RetryFetcher.Fetch", err, kitErrEarly)
		if len(got) != 99 {
			t.Fatalf("RetryFetcher.Fetch waited %d times for 100 tries; want 99", len(got))
		}
		for i := 1; i < len(got); i++ {
			if got[i] < got[i-1] || got[i] != 2*got[i-1] && got[i-1] <= math.MaxInt64/2 {
				t.Fatalf("RetryFetcher.Fetch waited for %v after it had waited for %v; want twice as long, or the same where that is too long for a time.Duration", got[i], got[i-1])
			}
		}
	}))

	t.Run("returns the moment its context is done", func(t *testing.T) {
		for _, tt := range []struct {
			name string
			call rehearsal.Call
		}{
			{"during a try", rehearsal.Call{Takes: time.Hour, Returns: "20"}},
			{"during a wait", rehearsal.Call{Takes: time.Second, Fails: kitErrEarly}},
		} {
			for _, ending := range kitEndings {
				t.Run(tt.name+", "+ending.name, rehearsal.Bubble(func(t *rehearsal.T) {
					defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
					ctx, cancel := ending.end(t.Context())
					defer cancel()
					source := kitTries(t, tt.call)

					err := (&RetryFetcher{Fetcher: source, Tries: 3, Wait: time.Hour}).Fetch(ctx, kitAda, make(chan Result, 1))

					source.WantElapsed(2*time.Second, "the moment at which its context was done")
					kitWantError(t, "RetryFetcher.Fetch", err, ending.err)
				}))
			}
		}
	})

	t.Run("asks nothing when its context is already done", rehearsal.Bubble(func(t *rehearsal.T) {
		defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		source := kitTries(t, rehearsal.Call{Takes: time.Hour, Returns: "20"})

		err := (&RetryFetcher{Fetcher: source, Tries: 3, Wait: time.Second}).Fetch(ctx, kitAda, make(chan Result, 1))

		source.WantNoCall("its context was already done")
		kitWantError(t, "RetryFetcher.Fetch", err, context.Canceled)
	}))

	t.Run("returns the context's error when a try fails because of it", rehearsal.Bubble(func(t *rehearsal.T) {
		defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
		for _, n := range []int{1, 3} {
			ctx, cancel := kitEndings[1].end(t.Context())
			script := t.Script("RetryFetcher.Fetch", "fetch")
			source := kitFetchFunc(func(ctx context.Context, _ string, _ chan<- Result) error {
				<-ctx.Done()
				return kitErrEarly // as if the connection had broken
			})

			err := (&RetryFetcher{Fetcher: source, Tries: n, Wait: time.Second}).Fetch(ctx, kitAda, make(chan Result, 1))

			cancel()
			script.WantElapsed(2*time.Second, "the moment at which its context was done")
			kitWantError(t, "RetryFetcher.Fetch", err, context.DeadlineExceeded)
		}
	}))

	t.Run("tries again when only the time of one try was over", rehearsal.Bubble(func(t *rehearsal.T) {
		defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
		for _, own := range []error{context.DeadlineExceeded, context.Canceled} {
			source := kitTries(t,
				rehearsal.Call{Takes: time.Second, Fails: own},
				rehearsal.Call{Takes: time.Second, Returns: "20"},
			)
			results := make(chan Result, 1)

			err := (&RetryFetcher{Fetcher: source, Tries: 3, Wait: time.Second, Jitter: kitNone}).Fetch(t.Context(), kitAda, results)

			kitWantNoError(t, "RetryFetcher.Fetch", err)
			kitWantResults(t, "RetryFetcher.Fetch", kitDrain(results), Result{"try 2", "20"})
		}
	}))

	t.Run("doesn't wait for a receiver once its context is done", rehearsal.Bubble(func(t *rehearsal.T) {
		kitWantNoWaitForReceiver(t, "RetryFetcher.Fetch", func(partner Fetcher) Fetcher {
			return &RetryFetcher{Fetcher: partner, Tries: 3, Wait: time.Second}
		})
	}))

	t.Run("returns nil when a try succeeds after the end of the context", rehearsal.Bubble(func(t *rehearsal.T) {
		defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
		ctx, cancel := kitEndings[1].end(t.Context())
		defer cancel()
		source := kitTries(t, rehearsal.Call{Takes: 3 * time.Second, Returns: "20", IgnoresContext: true})
		results := make(chan Result, 1)

		err := (&RetryFetcher{Fetcher: source, Tries: 3, Wait: time.Second}).Fetch(ctx, kitAda, results)

		source.WantElapsed(3*time.Second, "the end of the try that was under way, which ignores its context")
		if err != nil {
			t.Errorf("RetryFetcher.Fetch returned the error %q; want nil: a Fetcher returns nil once it has sent its result", err)
		}
		kitWantResults(t, "RetryFetcher.Fetch", kitDrain(results), Result{"try 1", "20"})
	}))

	// The context is slow, so that the wait is over and the context is done
	// before Fetch looks: a select takes either.
	t.Run("begins no try once its context is done, however late it looks", rehearsal.Bubble(func(t *rehearsal.T) {
		defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
		for round := range 100 {
			ctx, cancel := kitEndings[1].end(t.Context())
			asked := 0
			source := kitFetchFunc(func(context.Context, string, chan<- Result) error {
				asked++
				return kitErrEarly
			})

			err := (&RetryFetcher{Fetcher: source, Tries: 3, Wait: time.Second}).Fetch(kitSlowContext{ctx}, kitAda, make(chan Result, 1))

			cancel()
			if asked > 1 {
				t.Fatalf("in round %d RetryFetcher.Fetch asked the wrapped Fetcher %d times; want once at most: "+
					"when the end of the context and the end of the wait are both there, a select takes either, so look at ctx.Err() before each try", round, asked)
			}
			kitWantError(t, "RetryFetcher.Fetch", err, context.DeadlineExceeded)
		}
	}))
}

// kitTries returns a Fetcher that does in each try what the next call says.
func kitTries(t *rehearsal.T, calls ...rehearsal.Call) *kitSequence {
	return kitNewSequence(t, "RetryFetcher.Fetch", "try", calls...)
}

// kitNone is a jitter that changes nothing.
func kitNone(d time.Duration) time.Duration { return d }
