package main

import (
	"context"
	"fmt"
	"math"
	"slices"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"

	"example.com/errgroup-workshop/internal/rehearsal"
)

func TestRetryFetcher(t *testing.T) {
	kitBeginExtra(t, extraRetry, "extraRetry")
	step := rehearsal.NewLadder(t)

	t.Run("asks again when a try has failed, after a wait", step.Bubble(func(t *rehearsal.T) {
		defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
		source := kitTries(t,
			rehearsal.Call{Takes: 1 * time.Second, Fails: rehearsal.ErrEarly},
			rehearsal.Call{Takes: 2 * time.Second, Returns: "20"},
		)
		results := make(chan Result, 2)

		err := (&RetryFetcher{Fetcher: source, Tries: 3, Wait: 5 * time.Second, Jitter: kitNone}).Fetch(t.Context(), kitAda, results)

		source.wantAsked("the second time a Wait of 5s after the first try failed", 0, 6*time.Second)
		source.WantElapsed(8*time.Second, "the moment at which the second try succeeded")
		kitWantNoError(t, "RetryFetcher.Fetch", err)
		kitWantResults(t, "RetryFetcher.Fetch", kitDrain(results), Result{"try 2", "20"})
	}))

	t.Run("waits twice as long before each further try", step.Bubble(func(t *rehearsal.T) {
		defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
		source := kitTries(t,
			rehearsal.Call{Takes: time.Second, Fails: rehearsal.ErrEarly},
			rehearsal.Call{Takes: time.Second, Fails: rehearsal.ErrEarly},
			rehearsal.Call{Takes: time.Second, Fails: rehearsal.ErrEarly},
			rehearsal.Call{Takes: time.Second, Returns: "20"},
		)

		err := (&RetryFetcher{Fetcher: source, Tries: 4, Wait: 3 * time.Second, Jitter: kitNone}).Fetch(t.Context(), kitAda, make(chan Result, 1))

		source.wantAsked("with waits of 3s, 6s and 12s between tries of 1s", 0, 4*time.Second, 11*time.Second, 24*time.Second)
		kitWantNoError(t, "RetryFetcher.Fetch", err)
	}))

	t.Run("returns the error of the last try, and doesn't wait after it", step.Bubble(func(t *rehearsal.T) {
		defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
		source := kitTries(t,
			rehearsal.Call{Takes: time.Second, Fails: rehearsal.ErrEarly},
			rehearsal.Call{Takes: time.Second, Fails: rehearsal.ErrEarly},
			rehearsal.Call{Takes: time.Second, Fails: rehearsal.ErrLate},
		)

		err := (&RetryFetcher{Fetcher: source, Tries: 3, Wait: time.Second, Jitter: kitNone}).Fetch(t.Context(), kitAda, make(chan Result, 1))

		source.wantAsked("three times, because Tries is 3", 0, 2*time.Second, 5*time.Second)
		source.WantElapsed(6*time.Second, "the moment at which the last try failed")
		kitWantError(t, "RetryFetcher.Fetch", err, rehearsal.ErrLate)
	}))

	t.Run("waits as long as Jitter says, and doubles what Jitter gets", step.Bubble(func(t *rehearsal.T) {
		defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
		source := kitTries(t,
			rehearsal.Call{Takes: time.Second, Fails: rehearsal.ErrEarly},
			rehearsal.Call{Takes: time.Second, Fails: rehearsal.ErrEarly},
			rehearsal.Call{Takes: time.Second, Returns: "20"},
		)
		var got []time.Duration
		jitter := func(d time.Duration) time.Duration {
			got = append(got, d)
			return map[int]time.Duration{1: 2 * time.Second, 2: 40 * time.Second}[len(got)]
		}

		err := (&RetryFetcher{Fetcher: source, Tries: math.MaxInt, Wait: 8 * time.Second, Jitter: jitter}).Fetch(t.Context(), kitAda, make(chan Result, 1))

		kitWantNoError(t, "RetryFetcher.Fetch", err)
		if want := []time.Duration{8 * time.Second, 16 * time.Second}; !slices.Equal(got, want) {
			t.Fatalf("RetryFetcher.Fetch called Jitter with %v; want %v: Wait, and then twice as much, whatever Jitter returned", got, want)
		}
		source.wantAsked("because Jitter returned 2s and 40s", 0, 3*time.Second, 44*time.Second)
	}))

	t.Run("doubles the wait no further than a Duration can hold", step.Bubble(func(t *rehearsal.T) {
		defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
		var got []time.Duration
		jitter := func(d time.Duration) time.Duration {
			got = append(got, d)
			return 0
		}
		down := kitFetchFunc(func(context.Context, string, chan<- Result) error { return rehearsal.ErrEarly })

		err := (&RetryFetcher{Fetcher: down, Tries: 100, Wait: time.Second, Jitter: jitter}).Fetch(t.Context(), kitAda, make(chan Result, 1))

		kitWantError(t, "RetryFetcher.Fetch", err, rehearsal.ErrEarly)
		if len(got) != 99 {
			t.Fatalf("RetryFetcher.Fetch waited %d times for 100 tries; want 99", len(got))
		}
		for i := 1; i < len(got); i++ {
			if got[i] < got[i-1] || got[i] != 2*got[i-1] && got[i-1] <= math.MaxInt64/2 {
				t.Fatalf("RetryFetcher.Fetch waited for %v after it had waited for %v; want twice as long, or the same where that is too long for a time.Duration", got[i], got[i-1])
			}
		}
	}))

	// A time that is the same for all is random only to the eye of one client. That
	// random times are all in one tenth, or half of them the same, has a chance of
	// less than one in a billion.
	t.Run("waits for a random time, half of the wait or more, when Jitter is nil", step.Bubble(func(t *rehearsal.T) {
		defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
		down := kitFetchFunc(func(context.Context, string, chan<- Result) error { return rehearsal.ErrEarly })
		(&RetryFetcher{Fetcher: down, Tries: 3, Wait: time.Nanosecond}).Fetch(t.Context(), kitAda, make(chan Result, 1)) // half of that is 0

		most := 10 * time.Second
		for i, waits := range kitWaitsOfClients(t, &RetryFetcher{Tries: 3, Wait: most}) {
			slices.Sort(waits)
			n := len(waits)
			shortest, median, longest := waits[0], waits[n/2], waits[n-1]
			switch same := kitCount(waits, median); {
			case longest > most:
				t.Fatalf("before try %d RetryFetcher.Fetch waited up to %v in %d calls; want %v at most, because Jitter is nil: does a call change f.Wait, which all calls share?",
					i+2, longest, n, most)
			case same > n/2:
				t.Fatalf("before try %d RetryFetcher.Fetch waited %v in %d of %d calls, which had failed together; want a random time from %v to %v for each, because Jitter is nil: "+
					"a generator that a call seeds with the time gives all of them the same number", i+2, median, same, n, most/2, most)
			case shortest < most/2 || shortest > most*6/10 || longest < most*9/10:
				t.Fatalf("before try %d RetryFetcher.Fetch waited from %v to %v in %d calls; want random times from %v to %v, because Jitter is nil",
					i+2, shortest, longest, n, most/2, most)
			}
			most *= 2
		}
	}))

	t.Run("returns the moment its context is done, while it waits", step.Bubble(func(t *rehearsal.T) {
		defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
		ctx, cancel := context.WithTimeout(t.Context(), 2*time.Second)
		defer cancel()
		source := kitTries(t, rehearsal.Call{Takes: time.Second, Fails: rehearsal.ErrEarly})

		err := (&RetryFetcher{Fetcher: source, Tries: 3, Wait: time.Hour}).Fetch(ctx, kitAda, make(chan Result, 1))

		source.WantElapsed(2*time.Second, "the moment at which its context was done")
		kitWantError(t, "RetryFetcher.Fetch", err, context.DeadlineExceeded)
	}))

	t.Run("returns the context's error when a try fails because of it", step.Bubble(func(t *rehearsal.T) {
		defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
		for _, n := range []int{1, 3} {
			ctx, cancel := context.WithTimeout(t.Context(), 2*time.Second)
			script := t.Script("RetryFetcher.Fetch", "fetch")
			source := kitFetchFunc(func(ctx context.Context, _ string, _ chan<- Result) error {
				select {
				case <-ctx.Done():
				case <-time.After(time.Hour):
				}
				return rehearsal.ErrEarly // as if the connection had broken
			})

			err := (&RetryFetcher{Fetcher: source, Tries: n, Wait: time.Second}).Fetch(ctx, kitAda, make(chan Result, 1))

			cancel()
			script.WantElapsed(2*time.Second, "the moment at which its context was done: give each try ctx, or a context that is made from it")
			kitWantError(t, "RetryFetcher.Fetch", err, context.DeadlineExceeded)
		}
	}))

	// The context is done, and the wait of 0 is over, before Fetch can look at
	// either. It takes the wrong one in a round with a chance of one half.
	t.Run("begins no try once its context is done, even if the wait is over as well", step.Bubble(func(t *rehearsal.T) {
		defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
		for round := range 100 {
			ctx, cancel := context.WithCancel(t.Context())
			asked := 0
			source := kitFetchFunc(func(context.Context, string, chan<- Result) error {
				asked++
				return rehearsal.ErrEarly
			})
			jitter := func(time.Duration) time.Duration {
				cancel()
				return 0
			}

			err := (&RetryFetcher{Fetcher: source, Tries: 3, Wait: time.Second, Jitter: jitter}).Fetch(ctx, kitAda, make(chan Result, 1))

			cancel()
			if asked > 1 {
				t.Fatalf("in round %d RetryFetcher.Fetch asked the wrapped Fetcher %d times; want once: "+
					"when the end of the context and the end of the wait are both there, a select picks one at random, so look at ctx.Err() before each try", round, asked)
			}
			kitWantError(t, "RetryFetcher.Fetch", err, context.Canceled)
		}
	}))

	t.Run("keeps its contract in random scenes", step.Scenes(kitRetryScene))
}

// kitTries returns a Fetcher that does in each try what the next call says.
func kitTries(t *rehearsal.T, calls ...rehearsal.Call) *kitSequence {
	return kitNewSequence(t, "RetryFetcher.Fetch", "try", calls...)
}

// kitNone is a jitter that changes nothing.
func kitNone(d time.Duration) time.Duration { return d }

// kitWaitsOfClients lets 200 clients use retry, which tries three times, at the
// same moment, all in vain. It returns how long they waited before the second try,
// and before the third.
func kitWaitsOfClients(t *rehearsal.T, retry *RetryFetcher) (waits [2][]time.Duration) {
	meet := t.Crowd()
	var mu sync.Mutex
	asked := make(map[string][]time.Time)
	retry.Fetcher = kitFetchFunc(func(_ context.Context, email string, _ chan<- Result) error {
		mu.Lock()
		defer mu.Unlock()
		asked[email] = append(asked[email], time.Now())
		return rehearsal.ErrEarly
	})
	var wg sync.WaitGroup
	for i := range 200 {
		wg.Go(func() {
			meet()
			retry.Fetch(t.Context(), fmt.Sprintf("client%d@example.com", i), make(chan Result, 1))
		})
	}
	wg.Wait()
	if len(asked) != 200 {
		t.Fatalf("RetryFetcher.Fetch asked the wrapped Fetcher about %d emails; want those of 200 clients", len(asked))
	}
	for _, at := range asked {
		if len(at) != 3 {
			t.Fatalf("RetryFetcher.Fetch asked the wrapped Fetcher %d times; want 3, because Tries is 3", len(at))
		}
		for i := range waits {
			waits[i] = append(waits[i], at[i+1].Sub(at[i]))
		}
	}
	return waits
}

// kitCount returns how often the wait is there.
func kitCount(waits []time.Duration, wait time.Duration) (n int) {
	for _, w := range waits {
		if w == wait {
			n++
		}
	}
	return n
}
