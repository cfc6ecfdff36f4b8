package main

import (
	"context"
	"testing"
	"time"

	"go.uber.org/goleak"

	"example.com/errgroup-workshop/internal/rehearsal"
)

func TestHedgeFetcher(t *testing.T) {
	kitBeginExtra(t, extraHedge, "extraHedge")
	step := rehearsal.NewLadder(t)

	t.Run("asks once when the answer comes in time", step.Bubble(func(t *rehearsal.T) {
		defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
		source := kitRequests(t, rehearsal.Call{Takes: time.Second, Returns: "20"})
		results := make(chan Result, 2)

		err := kitHedge(source).Fetch(t.Context(), kitAda, results)

		source.WantElapsed(time.Second, "the moment at which the answer came")
		kitWantNoError(t, "HedgeFetcher.Fetch", err)
		kitWantResults(t, "HedgeFetcher.Fetch", kitDrain(results), Result{"request 1", "20"})
		time.Sleep(time.Minute)
		source.wantAsked("once, because the answer came within 2s", 0)
	}))

	t.Run("takes the second request's answer when the first one is slow", step.Bubble(func(t *rehearsal.T) {
		defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
		source := kitRequests(t, rehearsal.Call{Takes: time.Hour, Returns: "20"}, rehearsal.Call{Takes: time.Second, Returns: "21"})
		results := make(chan Result, 2)

		err := kitHedge(source).Fetch(t.Context(), kitAda, results)

		source.wantAsked("the second time when After, 2s, was over", 0, 2*time.Second)
		source.WantElapsed(3*time.Second, "the moment at which the second request's answer came")
		kitWantNoError(t, "HedgeFetcher.Fetch", err)
		kitWantResults(t, "HedgeFetcher.Fetch", kitDrain(results), Result{"request 2", "21"})
	}))

	t.Run("asks the second time at once when the first request fails", step.Bubble(func(t *rehearsal.T) {
		defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
		source := kitRequests(t, rehearsal.Call{Takes: time.Second, Fails: rehearsal.ErrEarly}, rehearsal.Call{Takes: 10 * time.Second, Returns: "21"})
		results := make(chan Result, 2)

		err := kitHedge(source).Fetch(t.Context(), kitAda, results)

		source.wantAsked("the second time when the first request failed", 0, time.Second)
		source.WantElapsed(11*time.Second, "the moment at which the second request's answer came")
		kitWantNoError(t, "HedgeFetcher.Fetch", err)
		kitWantResults(t, "HedgeFetcher.Fetch", kitDrain(results), Result{"request 2", "21"})
	}))

	t.Run("returns the error that occurred first when both requests have failed", step.Bubble(func(t *rehearsal.T) {
		defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
		source := kitRequests(t, rehearsal.Call{Takes: 10 * time.Second, Fails: rehearsal.ErrLate}, rehearsal.Call{Takes: time.Second, Fails: rehearsal.ErrEarly})

		err := kitHedge(source).Fetch(t.Context(), kitAda, make(chan Result, 2))

		source.wantAsked("twice, because nobody asks a third time", 0, 2*time.Second)
		source.WantElapsed(10*time.Second, "the moment at which both requests had failed")
		kitWantError(t, "HedgeFetcher.Fetch", err, rehearsal.ErrEarly)
	}))

	t.Run("takes an answer when it is sent, not when its request returns", step.Bubble(func(t *rehearsal.T) {
		defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
		slow := rehearsal.Call{Takes: time.Second, Returns: "20", Lingers: time.Minute}
		source := kitRequests(t, slow, slow)
		results := make(chan Result, 2)

		err := kitHedge(source).Fetch(t.Context(), kitAda, results)

		source.WantElapsed(time.Second, "the moment at which the source sent its result, although it returned a minute later")
		kitWantNoError(t, "HedgeFetcher.Fetch", err)
		kitWantResults(t, "HedgeFetcher.Fetch", kitDrain(results), Result{"request 1", "20"})
		time.Sleep(2 * time.Minute)
		source.wantAsked("once, because the result came within 2s", 0)
	}))

	t.Run("cancels the loser when the answer comes, not when somebody receives it", step.Bubble(func(t *rehearsal.T) {
		defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
		source := kitRequests(t, rehearsal.Call{Takes: time.Hour, Returns: "20"}, rehearsal.Call{Takes: time.Second, Returns: "21"})
		results := make(chan Result)
		go func() {
			time.Sleep(10 * time.Second)
			<-results
		}()

		err := kitHedge(source).Fetch(t.Context(), kitAda, results)

		source.WantElapsed(10*time.Second, "the moment at which somebody received")
		kitWantNoError(t, "HedgeFetcher.Fetch", err)
		time.Sleep(time.Second) // the loser has noticed
		for _, m := range source.Made() {
			if m.Name == "request 1" && m.End != 3*time.Second {
				t.Fatalf("HedgeFetcher.Fetch canceled the context of the loser after %v; want 3s, the moment at which the answer came: cancel it before you pass the result on", m.End)
			}
		}
	}))

	t.Run("returns the moment its context is done", step.Bubble(func(t *rehearsal.T) {
		defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
		ctx, cancel := context.WithTimeout(t.Context(), 5*time.Second)
		defer cancel()
		stubborn := rehearsal.Call{Takes: time.Minute, Returns: "20", IgnoresContext: true}
		source := kitRequests(t, stubborn, stubborn)
		results := make(chan Result, 2)

		err := kitHedge(source).Fetch(ctx, kitAda, results)

		source.WantElapsed(5*time.Second, "the moment at which its context was done, although both requests go on")
		kitWantError(t, "HedgeFetcher.Fetch", err, context.DeadlineExceeded)
		time.Sleep(2 * time.Minute)
		kitWantNothingLate(t, "HedgeFetcher.Fetch", results)
	}))

	// Fetch is held up when it looks at its context to make the second request: the
	// first one has sent its result and returned by then, and a select takes
	// either, the wrong one in a round with a chance of one half. A Fetch that
	// doesn't look at its context then is not seen.
	t.Run("loses no result, however late it looks", step.Bubble(func(t *rehearsal.T) {
		defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
		for round := range 50 {
			results := make(chan Result, 2)
			source := kitFetchFunc(func(_ context.Context, _ string, results chan<- Result) error {
				time.Sleep(time.Second)
				results <- Result{"points", "20"}
				return nil
			})

			ctx := kitLateContext{t.Context(), time.Now()}
			err := (&HedgeFetcher{Fetcher: source, After: 500 * time.Millisecond}).Fetch(ctx, kitAda, results)

			if got := kitDrain(results); err != nil || len(got) != 1 {
				t.Fatalf("in round %d HedgeFetcher.Fetch gave the results %v and the error %v; want one result and nil: "+
					"when the result and the end of the request are both ready, a select picks one at random", round, got, err)
			}
			time.Sleep(time.Minute) // the loser ends
		}
	}))

	t.Run("makes no second request once its context is done, however late it looks", step.Bubble(func(t *rehearsal.T) {
		defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
		broken := func(ctx context.Context) error {
			<-ctx.Done()
			return rehearsal.ErrEarly // as if the connection had broken
		}
		slow := func(ctx context.Context, _ <-chan bool) context.Context { return kitSlowContext{ctx} }
		kitWantNoSecond(t, time.Hour, broken, slow,
			"look at ctx.Err() before the second request, because a select takes any case that is ready")
	}))

	t.Run("makes no second request once its context is done, even if After is over as well", step.Bubble(func(t *rehearsal.T) {
		defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
		long := func(context.Context) error {
			time.Sleep(time.Minute)
			return nil
		}
		heldUp := func(ctx context.Context, asked <-chan bool) context.Context { return kitHeldUpContext{ctx, asked} }
		kitWantNoSecond(t, 7*time.Second+1, long, heldUp,
			"when ctx.Done() and the timer are both ready, a select picks one at random, so look at ctx.Err() before the second request")
	}))

	t.Run("can be used by many goroutines at the same time", step.Bubble(func(t *rehearsal.T) {
		defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
		kitWantSharable(t, "HedgeFetcher.Fetch", &HedgeFetcher{Fetcher: kitEcho{}, After: 100 * time.Millisecond}, true)
	}))

	t.Run("keeps its contract in random scenes", step.Scenes(kitHedgeScene))
}

// kitRequests returns a Fetcher that does in each request what the next call says.
func kitRequests(t *rehearsal.T, calls ...rehearsal.Call) *kitSequence {
	return kitNewSequence(t, "HedgeFetcher.Fetch", "request", calls...)
}

// kitWantNoSecond fails the test unless a HedgeFetcher whose context ends after
// 7s makes no second request then, in 50 rounds: which ready case a select takes is
// chance. Its context is one that late makes, which holds up whoever looks at it.
func kitWantNoSecond(t *rehearsal.T, after time.Duration, request func(ctx context.Context) error,
	late func(ctx context.Context, asked <-chan bool) context.Context, help string) {
	t.Helper()
	for round := range 50 {
		ctx, cancel := context.WithTimeout(t.Context(), 7*time.Second)
		asked := make(chan bool, 2)
		source := kitFetchFunc(func(context.Context, string, chan<- Result) error {
			asked <- true
			return request(ctx)
		})

		err := (&HedgeFetcher{Fetcher: source, After: after}).Fetch(late(ctx, asked), kitAda, make(chan Result, 2))

		cancel()
		time.Sleep(2 * time.Minute) // a request that was started has begun, and all have ended
		if len(asked) > 1 {
			t.Fatalf("in round %d HedgeFetcher.Fetch made a second request after the end of its context; want none: %s", round, help)
		}
		kitWantError(t, "HedgeFetcher.Fetch", err, context.DeadlineExceeded)
	}
}

// A kitHeldUpContext makes whoever calls Done after the first request has begun
// wait for 10s.
type kitHeldUpContext struct {
	context.Context
	asked <-chan bool
}

func (c kitHeldUpContext) Done() <-chan struct{} {
	done := kitBusyContext{c.Context}.Done() // a request may be about to begin
	if len(c.asked) > 0 {
		time.Sleep(10 * time.Second)
	}
	return done
}

// kitHedge returns a HedgeFetcher that asks the source again after 2s.
func kitHedge(source Fetcher) *HedgeFetcher {
	return &HedgeFetcher{Fetcher: source, After: 2 * time.Second}
}

// A kitLateContext makes whoever looks at it when the second request is due, half
// a second after its beginning, wait for a second.
type kitLateContext struct {
	context.Context
	began time.Time
}

func (c kitLateContext) Done() <-chan struct{} {
	c.holdUp()
	return c.Context.Done()
}

func (c kitLateContext) Err() error {
	c.holdUp()
	return c.Context.Err()
}

func (c kitLateContext) holdUp() {
	if time.Since(c.began) == 500*time.Millisecond {
		time.Sleep(time.Second)
	}
}
