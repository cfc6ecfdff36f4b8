package main

import (
	"context"
	"testing"
	"time"

	"go.uber.org/goleak"
	"golang.org/x/sync/errgroup"

	"example.com/errgroup-workshop/internal/rehearsal"
)

const kitBob = "bob@example.com"

func TestCacheFetcher(t *testing.T) {
	kitBeginExtra(t, extraCache, "extraCache")

	t.Run("asks the wrapped Fetcher once, and then answers from memory", rehearsal.Bubble(func(t *rehearsal.T) {
		defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
		source := kitCalls(t, rehearsal.Call{Takes: 3 * time.Second, Returns: "20"})
		cache := &CacheFetcher{Fetcher: source}
		for i := range 3 {
			results := make(chan Result, 2)
			err := cache.Fetch(t.Context(), kitAda, results)

			source.WantElapsed(3*time.Second, "the time of the call")
			kitWantNoError(t, "CacheFetcher.Fetch", err)
			kitWantResults(t, "CacheFetcher.Fetch", kitDrain(results), Result{"call 1", "20"})
			kitWantOpen(t, "CacheFetcher.Fetch", results)
			if i == 1 {
				time.Sleep(10_000 * time.Hour) // it never forgets
			}
		}
		source.wantAsked("once, because the answer is in memory after that", 0)
	}))

	t.Run("remembers that the source knows nothing", rehearsal.Bubble(func(t *rehearsal.T) {
		defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
		source := kitCalls(t, rehearsal.Call{Takes: 3 * time.Second})
		cache := &CacheFetcher{Fetcher: source}
		results := make(chan Result, 2)
		for range 2 {
			err := cache.Fetch(t.Context(), kitAda, results)
			kitWantNoError(t, "CacheFetcher.Fetch", err)
		}
		source.wantAsked("once, because nil without a result is an answer too", 0)
		kitWantResults(t, "CacheFetcher.Fetch", kitDrain(results))
	}))

	t.Run("asks again after an error", rehearsal.Bubble(func(t *rehearsal.T) {
		defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
		source := kitCalls(t, rehearsal.Call{Takes: time.Second, Fails: kitErrEarly}, rehearsal.Call{Takes: time.Second, Returns: "20"})
		cache := &CacheFetcher{Fetcher: source}
		results := make(chan Result, 2)

		err := cache.Fetch(t.Context(), kitAda, results)
		kitWantError(t, "CacheFetcher.Fetch", err, kitErrEarly)
		err = cache.Fetch(t.Context(), kitAda, results)
		kitWantNoError(t, "CacheFetcher.Fetch", err)
		source.wantAsked("a second time after the error, because an error is no answer", 0, time.Second)
		kitWantResults(t, "CacheFetcher.Fetch", kitDrain(results), Result{"call 2", "20"})
	}))

	t.Run("remembers each email by itself", rehearsal.Bubble(func(t *rehearsal.T) {
		defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
		script := t.Script("CacheFetcher.Fetch", "fetch", rehearsal.Call{Name: kitAda, Returns: "20"}, rehearsal.Call{Name: kitBob, Returns: "7"})
		cache := &CacheFetcher{Fetcher: kitByEmail(script)}
		for range 2 {
			results := make(chan Result, 2)
			for _, email := range []string{kitAda, kitBob} {
				err := cache.Fetch(t.Context(), email, results)
				kitWantNoError(t, "CacheFetcher.Fetch", err)
			}
			kitWantResults(t, "CacheFetcher.Fetch", kitDrain(results), Result{kitAda, "20"}, Result{kitBob, "7"})
		}
		script.WantEachCalledOnce()
	}))

	t.Run("asks nothing and sends nothing when its context is already done", rehearsal.Bubble(func(t *rehearsal.T) {
		defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
		script := t.Script("CacheFetcher.Fetch", "fetch", rehearsal.Call{Name: kitAda, Returns: "20"})
		cache := &CacheFetcher{Fetcher: kitByEmail(script)}
		results := make(chan Result, 100)
		ctx, cancel := context.WithCancel(t.Context())
		cancel()

		err := cache.Fetch(ctx, kitAda, results)

		time.Sleep(time.Second) // a goroutine that was started has begun meanwhile
		script.WantNoCall("its context was already done")
		kitWantError(t, "CacheFetcher.Fetch", err, context.Canceled)
		kitWantNoError(t, "CacheFetcher.Fetch", cache.Fetch(t.Context(), kitAda, make(chan Result, 1)))
		for range 100 { // a select that could send takes either
			kitWantError(t, "CacheFetcher.Fetch, with an answer in memory,", cache.Fetch(ctx, kitAda, results), context.Canceled)
		}
		kitWantResults(t, "CacheFetcher.Fetch", kitDrain(results))
	}))

	t.Run("asks once for all callers that wait, and gives each of them the result", rehearsal.Bubble(func(t *rehearsal.T) {
		defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
		source := kitCalls(t, rehearsal.Call{Takes: 3 * time.Second, Returns: "20"})
		cache := &CacheFetcher{Fetcher: source}
		var g errgroup.Group
		results := make(chan Result, 10)
		for i := range 5 {
			g.Go(func() error {
				time.Sleep(time.Duration(i) * 100 * time.Millisecond)
				return cache.Fetch(t.Context(), kitAda, results)
			})
		}

		err := g.Wait()

		source.wantAsked("once for all five callers", 0)
		source.WantElapsed(3*time.Second, "the end of the call that all of them wait for")
		kitWantNoError(t, "CacheFetcher.Fetch", err)
		same := Result{"call 1", "20"}
		kitWantResults(t, "CacheFetcher.Fetch, called five times,", kitDrain(results), same, same, same, same, same)
	}))

	t.Run("gives an error to all callers that wait, and asks again for the next one", rehearsal.Bubble(func(t *rehearsal.T) {
		defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
		source := kitCalls(t, rehearsal.Call{Takes: 3 * time.Second, Fails: kitErrEarly}, rehearsal.Call{Takes: time.Second, Returns: "20"})
		cache := &CacheFetcher{Fetcher: source}
		errs := make(chan error, 5)
		for i := range cap(errs) {
			go func() {
				time.Sleep(time.Duration(i) * 100 * time.Millisecond)
				errs <- cache.Fetch(t.Context(), kitAda, make(chan Result, 1))
			}()
		}
		for range cap(errs) {
			kitWantError(t, "CacheFetcher.Fetch", <-errs, kitErrEarly)
		}

		kitWantNoError(t, "CacheFetcher.Fetch", cache.Fetch(t.Context(), kitAda, make(chan Result, 1)))
		source.wantAsked("once for all five callers, and again for the next one", 0, 3*time.Second)
	}))

	t.Run("lets callers with different emails ask at the same time", rehearsal.Bubble(func(t *rehearsal.T) {
		defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
		script := t.Script("CacheFetcher.Fetch", "fetch",
			rehearsal.Call{Name: kitAda, Takes: 3 * time.Second, Returns: "20"},
			rehearsal.Call{Name: kitBob, Takes: 1 * time.Second, Returns: "7"},
		)
		cache := &CacheFetcher{Fetcher: kitByEmail(script)}
		results := make(chan Result, 4)
		var g errgroup.Group
		for i, email := range []string{kitAda, kitBob} {
			g.Go(func() error {
				time.Sleep(time.Duration(i) * time.Second) // bob comes second
				return cache.Fetch(t.Context(), email, results)
			})
		}

		err := g.Wait()

		script.WantElapsed(3*time.Second, "the time of the slower fetch")
		kitWantNoError(t, "CacheFetcher.Fetch", err)
		kitWantResults(t, "CacheFetcher.Fetch", kitDrain(results), Result{kitBob, "7"}, Result{kitAda, "20"})
	}))

	t.Run("returns the moment its context is done, while the call goes on for the others", func(t *testing.T) {
		for _, tt := range []struct {
			name        string
			stay, leave time.Duration // when the two callers call
		}{
			{"the caller that began the call leaves", time.Second, 0},
			{"a caller that came later leaves", 0, time.Second},
		} {
			for _, ending := range kitEndings {
				t.Run(tt.name+", "+ending.name, rehearsal.Bubble(func(t *rehearsal.T) {
					defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
					ctx, cancel := ending.end(t.Context())
					defer cancel()
					source := kitCalls(t, rehearsal.Call{Takes: 3 * time.Second, Returns: "20"})
					cache := &CacheFetcher{Fetcher: source}
					stayed, results := make(chan error, 1), make(chan Result, 2)
					go func() {
						time.Sleep(tt.stay)
						stayed <- cache.Fetch(t.Context(), kitAda, results)
					}()
					time.Sleep(tt.leave)
					nothing := make(chan Result, 1)

					err := cache.Fetch(ctx, kitAda, nothing)

					source.WantElapsed(2*time.Second, "the moment at which its context was done")
					kitWantError(t, "CacheFetcher.Fetch", err, ending.err)
					kitWantNoError(t, "for the caller that stayed CacheFetcher.Fetch", <-stayed)
					kitWantResults(t, "CacheFetcher.Fetch", kitDrain(results), Result{"call 1", "20"})
					source.wantAsked("once for both callers", 0)
					kitWantResults(t, "for the caller that left CacheFetcher.Fetch", kitDrain(nothing))
				}))
			}
		}
	})

	t.Run("remembers the answer also when all callers have left, and sends it to none of them", rehearsal.Bubble(func(t *rehearsal.T) {
		defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
		ctx, cancel := kitEndings[1].end(t.Context())
		defer cancel()
		source := kitCalls(t, rehearsal.Call{Takes: time.Minute, Returns: "20"})
		cache := &CacheFetcher{Fetcher: source}
		results := make(chan Result, 1)

		err := cache.Fetch(ctx, kitAda, results)

		source.WantElapsed(2*time.Second, "the moment at which its context was done")
		kitWantError(t, "CacheFetcher.Fetch", err, context.DeadlineExceeded)
		time.Sleep(2 * time.Minute)
		kitWantNothingLate(t, "CacheFetcher.Fetch", results)
		kitWantNoError(t, "CacheFetcher.Fetch", cache.Fetch(t.Context(), kitAda, results))
		source.wantAsked("once, because the answer of the first call was there in the meantime", 0)
		kitWantResults(t, "CacheFetcher.Fetch", kitDrain(results), Result{"call 1", "20"})
	}))

	t.Run("asks once also for a caller that comes after another one has left", rehearsal.Bubble(func(t *rehearsal.T) {
		defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
		ctx, cancel := kitEndings[0].end(t.Context())
		defer cancel()
		source := kitCalls(t, rehearsal.Call{Takes: 5 * time.Second, Returns: "20"})
		cache := &CacheFetcher{Fetcher: source}
		left := cache.Fetch(ctx, kitAda, make(chan Result, 1))
		results := make(chan Result, 1)

		err := cache.Fetch(t.Context(), kitAda, results)

		source.wantAsked("once, because the call of the one who left goes on", 0)
		source.WantElapsed(5*time.Second, "the end of the call that was under way")
		kitWantError(t, "for the caller that left CacheFetcher.Fetch", left, context.Canceled)
		kitWantNoError(t, "CacheFetcher.Fetch", err)
		kitWantResults(t, "CacheFetcher.Fetch", kitDrain(results), Result{"call 1", "20"})
	}))

	t.Run("gives the error of the call to those who stay when another one has left", rehearsal.Bubble(func(t *rehearsal.T) {
		defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
		ctx, cancel := kitEndings[0].end(t.Context())
		defer cancel()
		source := kitCalls(t, rehearsal.Call{Takes: 5 * time.Second, Fails: kitErrEarly})
		cache := &CacheFetcher{Fetcher: source}
		left := make(chan error, 1)
		go func() { left <- cache.Fetch(ctx, kitAda, make(chan Result, 1)) }()
		time.Sleep(time.Second) // the call is under way meanwhile

		err := cache.Fetch(t.Context(), kitAda, make(chan Result, 1))

		source.WantElapsed(5*time.Second, "the moment at which the call failed")
		kitWantError(t, "CacheFetcher.Fetch", err, kitErrEarly)
		kitWantError(t, "for the caller that left CacheFetcher.Fetch", <-left, context.Canceled)
	}))

	t.Run("keeps two caches apart", rehearsal.Bubble(func(t *rehearsal.T) {
		defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
		first := kitCalls(t, rehearsal.Call{Takes: 3 * time.Second, Returns: "20"})
		go (&CacheFetcher{Fetcher: first}).Fetch(t.Context(), kitAda, make(chan Result, 1))
		time.Sleep(time.Second) // the first one's call is under way meanwhile
		second := kitCalls(t, rehearsal.Call{Takes: 3 * time.Second, Returns: "7"})
		results := make(chan Result, 2)

		err := (&CacheFetcher{Fetcher: second}).Fetch(t.Context(), kitAda, results)

		second.wantAsked("by its own cache", 0)
		kitWantNoError(t, "CacheFetcher.Fetch", err)
		kitWantResults(t, "CacheFetcher.Fetch", kitDrain(results), Result{"call 1", "7"})
	}))

	t.Run("keeps the values of the context for the call", rehearsal.Bubble(func(t *rehearsal.T) {
		defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
		type key struct{}
		source := kitFetchFunc(func(ctx context.Context, _ string, results chan<- Result) error {
			results <- Result{"request", ctx.Value(key{})}
			return nil
		})
		results := make(chan Result, 1)

		err := (&CacheFetcher{Fetcher: source}).Fetch(context.WithValue(t.Context(), key{}, "request 7"), kitAda, results)

		kitWantNoError(t, "CacheFetcher.Fetch", err)
		kitWantResults(t, "CacheFetcher.Fetch", kitDrain(results), Result{"request", "request 7"})
	}))

	t.Run("doesn't wait for a receiver once its context is done", rehearsal.Bubble(func(t *rehearsal.T) {
		defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
		source := kitCalls(t, rehearsal.Call{Takes: time.Second, Returns: "20"})
		cache := &CacheFetcher{Fetcher: source}
		nobodyReceives := make(chan Result)
		for range 2 { // the second time from memory
			began := time.Now()
			ctx, cancel := kitEndings[0].end(t.Context())

			err := cache.Fetch(ctx, kitAda, nobodyReceives)

			cancel()
			if took := time.Since(began); took != 2*time.Second {
				t.Fatalf("CacheFetcher.Fetch returned after %v; want 2s, the moment at which its context was done", took)
			}
			kitWantError(t, "CacheFetcher.Fetch", err, context.Canceled)
		}
	}))

	t.Run("holds up nobody while it waits for a receiver", rehearsal.Bubble(func(t *rehearsal.T) {
		defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
		source := kitCalls(t, rehearsal.Call{Takes: time.Second, Returns: "20"})
		cache := &CacheFetcher{Fetcher: source}
		slow, waiting := make(chan Result), make(chan error, 1)
		go func() { waiting <- cache.Fetch(t.Context(), kitAda, slow) }()
		time.Sleep(2 * time.Second) // the first caller has its answer meanwhile, and waits for a receiver
		results := make(chan Result, 1)
		ctx, cancel := kitEndings[1].end(t.Context())
		defer cancel()

		err := cache.Fetch(ctx, kitAda, results)

		source.WantElapsed(2*time.Second, "at once, from memory, although another caller waits for a receiver")
		kitWantNoError(t, "CacheFetcher.Fetch", err)
		kitWantResults(t, "CacheFetcher.Fetch", kitDrain(results), Result{"call 1", "20"})
		kitWantResults(t, "CacheFetcher.Fetch", []Result{<-slow}, Result{"call 1", "20"})
		kitWantNoError(t, "CacheFetcher.Fetch", <-waiting)
	}))
}

// kitCalls returns a Fetcher that does in each call what the next one says.
func kitCalls(t *rehearsal.T, calls ...rehearsal.Call) *kitSequence {
	return kitNewSequence(t, "CacheFetcher.Fetch", "call", calls...)
}

// kitByEmail returns a Fetcher that does what the script's call with the name of
// the email says.
func kitByEmail(script *rehearsal.Script) Fetcher {
	return kitFetchFunc(func(ctx context.Context, email string, results chan<- Result) error {
		return kitScriptedFetcher{script, email}.Fetch(ctx, email, results)
	})
}
