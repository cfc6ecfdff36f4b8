package withcontext

import (
	"context"
	"runtime"
	"testing"
	"time"

	"go.uber.org/goleak"

	"example.com/errgroup-workshop/internal/rehearsal"
)

func TestSleep(t *testing.T) {
	step := rehearsal.NewLadder(t)

	t.Run("waits for the whole time while the context lives", step.Bubble(func(t *rehearsal.T) {
		defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
		for _, d := range []time.Duration{3 * time.Second, 1500 * time.Microsecond, 1, 0, -time.Second} {
			script := t.Script("Sleep", "call")

			err := Sleep(t.Context(), d)

			script.WantElapsed(max(0, d), "the time that it was asked to wait: "+
				"make a timer, and receive from its channel (a select with a default doesn't wait)")
			if err != nil {
				t.Fatalf("Sleep returned the error %q; want nil, because the context was not done", err)
			}
		}
	}))

	t.Run("returns the context's error at the moment of its end", step.Real(func(t *testing.T) {
		cases := rehearsal.NewLadder(t)
		for _, tt := range kitEndings {
			t.Run(tt.name, cases.Bubble(func(t *rehearsal.T) {
				defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
				const moment = 1234567 * time.Microsecond // no multiple of a likely nap
				ctx, cancel := tt.at(t.Context(), moment)
				defer cancel()
				script := t.Script("Sleep", "call")

				err := Sleep(ctx, time.Hour)

				script.WantElapsed(moment, "the moment at which the context was done: "+
					"wait for the timer and for ctx.Done() in the same select")
				kitWantContextError(t, "Sleep", err, tt.err)
			}))
		}
	}))

	t.Run("returns at once when the context is already done", step.Real(func(t *testing.T) {
		cases := rehearsal.NewLadder(t)
		for _, tt := range kitEndings {
			t.Run(tt.name, cases.Bubble(func(t *rehearsal.T) {
				defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
				ctx, cancel := tt.at(t.Context(), time.Second)
				defer cancel()
				<-ctx.Done()
				script := t.Script("Sleep", "call")

				err := Sleep(ctx, time.Hour)

				script.WantElapsed(0, "because the context was already done")
				kitWantContextError(t, "Sleep", err, tt.err)
			}))
		}
	}))

	// With nothing to wait for, the timer is ready too, and a select takes
	// either case: in a hundred rounds it takes each.
	t.Run("returns the context's error when it is already done and there is nothing to wait for", step.Bubble(func(t *rehearsal.T) {
		defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		for round := range 100 {
			for _, d := range []time.Duration{0, -time.Second} {
				if err := Sleep(ctx, d); err == nil {
					t.Fatalf("in round %d Sleep returned nil for %v although the context was done before it began; want its error: "+
						"when both cases of a select are ready it picks one at random, so ask ctx.Err() first", round, d)
				}
			}
		}
	}))

	t.Run("leaves nothing registered with a context that lives on", step.Bubble(func(t *rehearsal.T) {
		defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
		ctx := kitNewOpenContext(t.Context(), func() {})
		script := t.Script("Sleep", "call")

		err := Sleep(ctx, time.Minute)

		script.WantElapsed(time.Minute, "the time that it was asked to wait")
		if err != nil {
			t.Fatalf("Sleep returned the error %q; want nil, because the context was not done", err)
		}
		if n := ctx.registered.Load(); n > 0 {
			t.Errorf("Sleep left %d things registered with its context; want none: call what context.AfterFunc returns, and cancel what you derive", n)
		}
	}))

	// A timer that time.AfterFunc has started is in memory until it fires. The
	// collector finds nothing else that is left of a thousand calls.
	t.Run("leaves no timer behind when it is canceled", step.Bubble(func(t *rehearsal.T) {
		defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
		const calls = 1000
		before := kitHeapObjects()
		for range calls {
			ctx, cancel := context.WithTimeout(t.Context(), time.Second)
			err := Sleep(ctx, 500*time.Hour)
			cancel()
			kitWantContextError(t, "Sleep", err, context.DeadlineExceeded)
		}
		if left := kitHeapObjects() - before; left > calls {
			t.Errorf("after %d canceled calls of Sleep %d more objects are in memory; want next to none: "+
				"stop the timer, and cancel the contexts that you derive, before you return", calls, left)
		}
	}))

	t.Run("keeps its contract in random scenes", step.Scenes(kitSleepScene))
}

// kitHeapObjects returns how many objects are in memory that are in use.
func kitHeapObjects() int64 {
	runtime.GC()
	runtime.GC() // what a finalizer or a pool had kept goes the second time
	var stats runtime.MemStats
	runtime.ReadMemStats(&stats)
	return int64(stats.HeapObjects)
}
