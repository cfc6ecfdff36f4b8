package main

import (
	"context"
	"errors"
	"testing"
	"time"

	"go.uber.org/goleak"

	"example.com/errgroup-workshop/internal/rehearsal"
)

func TestHedgeFetcher(t *testing.T) {
	kitBeginExtra(t, extraHedge, "extraHedge")

	t.Run("asks once when the answer comes in time", rehearsal.Bubble(func(t *rehearsal.T) {
		defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
		source := kitRequests(t, rehearsal.Call{Takes: time.Second, Returns: "20"})
		results := make(chan Result, 2)

		err := kitHedge(source).Fetch(t.Context(), kitAda, results)

		source.WantElapsed(time.Second, "the moment at which the answer came")
		kitWantNoError(t, "HedgeFetcher.Fetch", err)
		kitWantResults(t, "HedgeFetcher.Fetch", kitDrain(results), Result{"request 1", "20"})
		kitWantOpen(t, "HedgeFetcher.Fetch", results)
		time.Sleep(time.Minute)
		source.wantAsked("once, because the answer came within 2s", 0)
	}))

	for _, tt := range []struct {
		name          string
		first, second rehearsal.Call
		asked         time.Duration // when Fetch must ask the second time
		elapsed       time.Duration // when Fetch must return
		reason        string
		result        Result
		err           error
	}{
		{
			"takes the second request's answer when the first one takes long",
			rehearsal.Call{Takes: time.Hour, Returns: "20"}, rehearsal.Call{Takes: time.Second, Returns: "21"},
			2 * time.Second, 3 * time.Second, "the moment at which the second request's answer came", Result{"request 2", "21"}, nil,
		},
		{
			"takes the first request's answer when that comes first after all",
			rehearsal.Call{Takes: 5 * time.Second, Returns: "20"}, rehearsal.Call{Takes: time.Hour, Returns: "21"},
			2 * time.Second, 5 * time.Second, "the moment at which the first request's answer came", Result{"request 1", "20"}, nil,
		},
		{
			"asks the second time at once when the first request fails early",
			rehearsal.Call{Takes: 1 * time.Second, Fails: kitErrEarly}, rehearsal.Call{Takes: 10 * time.Second, Returns: "21"},
			1 * time.Second, 11 * time.Second, "the moment at which the second request's answer came", Result{"request 2", "21"}, nil,
		},
		{
			"takes a timeout of a request's own for a failure like any other",
			rehearsal.Call{Takes: 1 * time.Second, Fails: context.DeadlineExceeded}, rehearsal.Call{Takes: 10 * time.Second, Returns: "21"},
			1 * time.Second, 11 * time.Second, "the moment at which the second request's answer came", Result{"request 2", "21"}, nil,
		},
		{
			"waits for the second request when the first one fails meanwhile",
			rehearsal.Call{Takes: 3 * time.Second, Fails: kitErrEarly}, rehearsal.Call{Takes: 10 * time.Second, Returns: "21"},
			2 * time.Second, 12 * time.Second, "the moment at which the second request's answer came", Result{"request 2", "21"}, nil,
		},
		{
			"waits for the first request when the second one fails",
			rehearsal.Call{Takes: 10 * time.Second, Returns: "20"}, rehearsal.Call{Takes: 1 * time.Second, Fails: kitErrEarly},
			2 * time.Second, 10 * time.Second, "the moment at which the first request's answer came", Result{"request 1", "20"}, nil,
		},
		{
			"returns the first request's error when that occurred first",
			rehearsal.Call{Takes: 3 * time.Second, Fails: kitErrEarly}, rehearsal.Call{Takes: 10 * time.Second, Fails: kitErrLate},
			2 * time.Second, 12 * time.Second, "the moment at which both requests had failed", Result{}, kitErrEarly,
		},
		{
			"returns the second request's error when that occurred first",
			rehearsal.Call{Takes: 10 * time.Second, Fails: kitErrLate}, rehearsal.Call{Takes: 1 * time.Second, Fails: kitErrEarly},
			2 * time.Second, 10 * time.Second, "the moment at which both requests had failed", Result{}, kitErrEarly,
		},
	} {
		t.Run(tt.name, rehearsal.Bubble(func(t *rehearsal.T) {
			defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
			source := kitRequests(t, tt.first, tt.second)
			results := make(chan Result, 2)

			err := kitHedge(source).Fetch(t.Context(), kitAda, results)

			source.wantAsked("the second time when 2s were over or the first request had failed", 0, tt.asked)
			source.WantElapsed(tt.elapsed, tt.reason)
			if tt.err != nil {
				kitWantError(t, "HedgeFetcher.Fetch", err, tt.err)
				return
			}
			kitWantNoError(t, "HedgeFetcher.Fetch", err)
			kitWantResults(t, "HedgeFetcher.Fetch", kitDrain(results), tt.result)
		}))
	}

	t.Run("takes nil for an answer, also without a result", rehearsal.Bubble(func(t *rehearsal.T) {
		defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
		results := make(chan Result, 2)
		quick := kitRequests(t, rehearsal.Call{Takes: time.Second})
		err := kitHedge(quick).Fetch(t.Context(), kitAda, results)
		quick.WantElapsed(time.Second, "the moment at which the first request returned nil, because the source knows nothing")
		kitWantNoError(t, "HedgeFetcher.Fetch", err)

		slow := kitRequests(t, rehearsal.Call{Takes: time.Hour, Returns: "20"}, rehearsal.Call{Takes: time.Second})
		err = kitHedge(slow).Fetch(t.Context(), kitAda, results)
		slow.WantElapsed(3*time.Second, "the moment at which the second request returned nil, because the source knows nothing")
		kitWantNoError(t, "HedgeFetcher.Fetch", err)
		kitWantResults(t, "HedgeFetcher.Fetch", kitDrain(results))
	}))

	t.Run("cancels the loser when the answer comes, not when somebody receives it", rehearsal.Bubble(func(t *rehearsal.T) {
		defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
		script := t.Script("HedgeFetcher.Fetch", "fetch", rehearsal.Call{Name: "winner", Takes: time.Second, Returns: "21"})
		canceled := make(chan time.Duration, 1)
		first, began := make(chan bool, 1), time.Now()
		first <- true
		source := kitFetchFunc(func(ctx context.Context, email string, results chan<- Result) error {
			select {
			case <-first:
				<-ctx.Done()
				canceled <- time.Since(began)
				return ctx.Err()
			default:
				return kitScriptedFetcher{script, "winner"}.Fetch(ctx, email, results)
			}
		})
		results, received := make(chan Result), make(chan Result, 1)
		go func() {
			time.Sleep(10 * time.Second)
			select {
			case result := <-results:
				received <- result
			case <-time.After(time.Second):
			}
		}()

		err := kitHedge(source).Fetch(t.Context(), kitAda, results)

		script.WantElapsed(10*time.Second, "the moment at which somebody received")
		kitWantNoError(t, "HedgeFetcher.Fetch", err)
		kitWantResults(t, "HedgeFetcher.Fetch", []Result{<-received}, Result{"winner", "21"})
		time.Sleep(time.Millisecond) // the loser ends meanwhile
		select {
		case at := <-canceled:
			if at != 3*time.Second {
				t.Errorf("HedgeFetcher.Fetch cancelled the loser after %v; want 3s, the moment at which the answer came: nobody needs the loser from then on", at)
			}
		default:
			t.Errorf("HedgeFetcher.Fetch returned, and the loser goes on; want its context canceled")
		}
	}))

	t.Run("leaves a stubborn loser behind, whose goroutine ends with it", func(t *testing.T) {
		for _, tt := range []struct {
			name string
			call rehearsal.Call
		}{
			{"it sends a result too late", rehearsal.Call{Returns: "20"}},
			{"it fails too late", rehearsal.Call{Fails: kitErrLate}},
		} {
			t.Run(tt.name, rehearsal.Bubble(func(t *rehearsal.T) {
				defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
				tt.call.Takes, tt.call.IgnoresContext = time.Minute, true
				source := kitRequests(t, tt.call, rehearsal.Call{Takes: time.Second, Returns: "21"})
				results := make(chan Result, 2)

				err := kitHedge(source).Fetch(t.Context(), kitAda, results)

				source.WantElapsed(3*time.Second, "the moment at which the second request's answer came, although the first one goes on")
				kitWantNoError(t, "HedgeFetcher.Fetch", err)
				time.Sleep(2 * time.Minute)
				kitWantResults(t, "HedgeFetcher.Fetch", kitDrain(results), Result{"request 2", "21"})
			}))
		}
	})

	t.Run("ends the contexts of its requests", rehearsal.Bubble(func(t *rehearsal.T) {
		defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
		for _, second := range []error{nil, kitErrEarly} {
			var given []context.Context
			source := kitFetchFunc(func(ctx context.Context, _ string, _ chan<- Result) error {
				given = append(given, ctx)
				return map[int]error{1: kitErrEarly, 2: second}[len(given)]
			})

			err := kitHedge(source).Fetch(t.Context(), kitAda, make(chan Result, 1))

			if !errors.Is(err, second) {
				t.Fatalf("HedgeFetcher.Fetch returned the error %v; want %v", err, second)
			}
			if len(given) != 2 {
				t.Fatalf("HedgeFetcher.Fetch made %d requests, of which the first failed; want 2", len(given))
			}
			for i, ctx := range given {
				if ctx.Err() == nil {
					t.Errorf("HedgeFetcher.Fetch returned, and the context of request %d is not done; want it canceled: until then ctx holds on to it", i+1)
				}
			}
		}
	}))

	t.Run("makes no second request while the answer waits for a receiver", rehearsal.Bubble(func(t *rehearsal.T) {
		defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
		source := kitRequests(t, rehearsal.Call{Takes: time.Second, Returns: "20"})
		results, received := make(chan Result), make(chan Result, 1)
		go func() {
			time.Sleep(5 * time.Second)
			received <- <-results
		}()

		err := kitHedge(source).Fetch(t.Context(), kitAda, results)

		source.wantAsked("once, because the answer came within 2s", 0)
		source.WantElapsed(5*time.Second, "the moment at which somebody received")
		kitWantNoError(t, "HedgeFetcher.Fetch", err)
		kitWantResults(t, "HedgeFetcher.Fetch", []Result{<-received}, Result{"request 1", "20"})
	}))

	t.Run("returns the moment its context is done, and stops its requests", func(t *testing.T) {
		for _, tt := range []struct {
			name  string
			after time.Duration
			asked []time.Duration
		}{
			{"one request", time.Hour, []time.Duration{0}},
			{"two requests", time.Second, []time.Duration{0, time.Second}},
		} {
			for _, ending := range kitEndings {
				t.Run(tt.name+", "+ending.name, rehearsal.Bubble(func(t *rehearsal.T) {
					defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
					ctx, cancel := ending.end(t.Context())
					defer cancel()
					slow := rehearsal.Call{Takes: time.Hour, Returns: "20"}
					source := kitRequests(t, slow, slow)

					err := (&HedgeFetcher{Fetcher: source, After: tt.after}).Fetch(ctx, kitAda, make(chan Result, 2))

					source.WantElapsed(2*time.Second, "the moment at which its context was done")
					kitWantError(t, "HedgeFetcher.Fetch", err, ending.err)
					source.wantAsked("and not once the context was done", tt.asked...)
				}))
			}
		}
	})

	t.Run("sends nothing on results after it has returned", rehearsal.Bubble(func(t *rehearsal.T) {
		defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
		ctx, cancel := kitEndings[0].end(t.Context())
		defer cancel()
		stubborn := rehearsal.Call{Takes: time.Minute, Returns: "20", IgnoresContext: true}
		source := kitRequests(t, stubborn, stubborn)
		results := make(chan Result, 2)

		err := (&HedgeFetcher{Fetcher: source, After: time.Second}).Fetch(ctx, kitAda, results)

		source.WantElapsed(2*time.Second, "the moment at which its context was done, although both requests go on")
		kitWantError(t, "HedgeFetcher.Fetch", err, context.Canceled)
		time.Sleep(2 * time.Minute)
		kitWantNothingLate(t, "HedgeFetcher.Fetch", results)
	}))

	t.Run("doesn't wait for a receiver once its context is done", rehearsal.Bubble(func(t *rehearsal.T) {
		defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
		ctx, cancel := kitEndings[0].end(t.Context())
		defer cancel()
		source := kitRequests(t, rehearsal.Call{Takes: time.Second, Returns: "20"})
		nobodyReceives := make(chan Result)

		err := (&HedgeFetcher{Fetcher: source, After: time.Hour}).Fetch(ctx, kitAda, nobodyReceives)

		source.WantElapsed(2*time.Second, "the moment at which its context was done")
		kitWantError(t, "HedgeFetcher.Fetch", err, context.Canceled)
	}))

	t.Run("asks nothing when its context is already done", rehearsal.Bubble(func(t *rehearsal.T) {
		defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		source := kitRequests(t, rehearsal.Call{Takes: time.Hour, Returns: "20"})

		err := kitHedge(source).Fetch(ctx, kitAda, make(chan Result, 1))

		time.Sleep(time.Minute) // a goroutine that was started has begun meanwhile
		source.WantNoCall("its context was already done")
		kitWantError(t, "HedgeFetcher.Fetch", err, context.Canceled)
	}))

	// The context is slow, so that several things have happened before Fetch
	// looks: a select takes any of them.
	t.Run("loses no result, however late it looks", rehearsal.Bubble(func(t *rehearsal.T) {
		defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
		for round := range 100 {
			results := make(chan Result, 2)
			source := kitFetchFunc(func(_ context.Context, _ string, results chan<- Result) error {
				results <- Result{"points", "20"}
				return nil
			})

			err := (&HedgeFetcher{Fetcher: source, After: time.Hour}).Fetch(kitSlowContext{t.Context()}, kitAda, results)

			kitWantNoError(t, "HedgeFetcher.Fetch", err)
			if got := kitDrain(results); len(got) != 1 {
				t.Fatalf("in round %d HedgeFetcher.Fetch lost the result, and returned nil; want the result passed on: "+
					"when the result and the end of the request are both ready, a select takes either", round)
			}
		}
	}))

	t.Run("makes no second request once its context is done, however late it looks", rehearsal.Bubble(func(t *rehearsal.T) {
		defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
		for round := range 100 {
			ctx, cancel := kitEndings[1].end(t.Context())
			asked := make(chan bool, 2)
			source := kitFetchFunc(func(context.Context, string, chan<- Result) error {
				asked <- true
				<-ctx.Done()
				return kitErrEarly // as if the connection had broken
			})

			err := (&HedgeFetcher{Fetcher: source, After: 3 * time.Second}).Fetch(kitSlowContext{ctx}, kitAda, make(chan Result, 2))

			cancel()
			time.Sleep(time.Second) // a goroutine that was started has begun meanwhile
			if len(asked) > 1 {
				t.Fatalf("in round %d HedgeFetcher.Fetch made a second request after the end of its context; want none: "+
					"look at ctx.Err() before the second request, because a select takes any case that is ready", round)
			}
			kitWantError(t, "HedgeFetcher.Fetch", err, context.DeadlineExceeded)
		}
	}))
}

// kitRequests returns a Fetcher that does in each request what the next call says.
func kitRequests(t *rehearsal.T, calls ...rehearsal.Call) *kitSequence {
	return kitNewSequence(t, "HedgeFetcher.Fetch", "request", calls...)
}

// kitHedge returns a HedgeFetcher that asks the source again after 2s.
func kitHedge(source Fetcher) *HedgeFetcher {
	return &HedgeFetcher{Fetcher: source, After: 2 * time.Second}
}
