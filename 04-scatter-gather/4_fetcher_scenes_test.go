package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"time"

	"example.com/errgroup-workshop/internal/rehearsal"
)

// kitCancellationScene plays calls of one CancellationFetcher, and compares each
// with its contract.
func kitCancellationScene(s *rehearsal.Scene) {
	var onError kitErrors
	people := &kitPeople{scripts: make(map[string]*rehearsal.Script)}
	decorated := &CancellationFetcher{Fetcher: people, OnError: onError.add, FailFast: s.Percent(40)}
	if decorated.FailFast {
		s.Say("FailFast is true")
	}
	var wantOnError []error // of all calls; the order is open
	s.Later(func() {
		if got := onError.all(); len(got) > len(wantOnError) {
			s.Fatalf("OnError was called with the errors %.80q; want %.80q: only an error that Fetch takes for the first thing that happens goes there", got, wantOnError)
		}
	})

	s.Play(func(a *rehearsal.Act) {
		email := fmt.Sprintf("Person %d ", len(people.scripts)+1)
		calls := a.Calls(1, rehearsal.Vary{Fails: true, Context: true, Sends: true, All: true, Values: kitOddValues})
		script := a.Script("CancellationFetcher.Fetch", "fetch", calls...)
		people.scripts[email] = script
		ctx := a.Context()
		_, ends := ctx.Ended()
		inbox := kitDrawInbox(a, "CancellationFetcher.Fetch", 1, ends != nil)

		var err error
		var reported []error // when Fetch returned
		a.Do(func() {
			err = inbox.During(func(results chan<- Result) error { return decorated.Fetch(ctx, email, results) })
			reported = onError.all()
		})

		a.Check(func() {
			if others := people.strangers.all(); len(others) > 0 {
				a.Fatalf("CancellationFetcher.Fetch asked the wrapped Fetcher about %q; want %q, whom it was asked about", others[0], email)
			}
			end, ended := ctx.Ended()
			results := inbox.Results()
			ctx.WantNothingLeft("CancellationFetcher.Fetch")
			made := script.Made()
			if len(made) == 0 && ctx.DoneBefore() {
				// It need not ask then.
				made = []rehearsal.Made{{Canceled: true}}
			} else {
				script.WantAllAtOnce()
				script.WantDerived(ctx)
				made = script.Made()
			}
			fetch := made[0]

			// What happens first, and when Fetch returns for that.
			over := func(moment time.Duration) bool { return ended != nil && end <= moment }
			received, never := inbox.Takes(fetch.SentAt)
			switch {
			case fetch.Sent && !over(fetch.SentAt) && !never && !over(received):
				script.WantElapsed(received, "the moment at which its result could be passed on")
				if err != nil {
					a.Fatalf("CancellationFetcher.Fetch returned the error %q; want nil, because its result was received", err)
				}
				kitWantSent(a, "CancellationFetcher.Fetch", results, kitResult(fetch.Name, fetch.Value))
			case !fetch.Sent && !over(fetch.End) && fetch.Err == nil:
				script.WantElapsed(fetch.End, "the moment at which the wrapped Fetcher returned nil")
				if err != nil {
					a.Fatalf("CancellationFetcher.Fetch returned the error %q; want nil, because the wrapped Fetcher returned nil", err)
				}
			case !fetch.Sent && !over(fetch.End):
				script.WantElapsed(fetch.End, "the moment at which the wrapped Fetcher failed")
				kitWantFailure(a, decorated.FailFast, err, fetch.Err, reported)
				if !decorated.FailFast {
					wantOnError = append(wantOnError, fetch.Err)
				}
			// Both at the same moment, from here on.
			case fetch.Sent && fetch.SentAt == end && received == end && !never && err == nil:
				script.WantElapsed(end, "the moment at which somebody received its result")
				kitWantSent(a, "CancellationFetcher.Fetch", results, kitResult(fetch.Name, fetch.Value))
			case !fetch.Sent && fetch.Err != nil && fetch.End == end && !fetch.Canceled && err != ended:
				script.WantElapsed(end, "the moment at which the wrapped Fetcher failed")
				kitWantFailure(a, decorated.FailFast, err, fetch.Err, reported)
				if !decorated.FailFast {
					wantOnError = append(wantOnError, fetch.Err)
				}
			case !fetch.Sent && fetch.Err == nil && fetch.End == end && fetch.Start == end && !ctx.DoneBefore() && err == nil:
				script.WantElapsed(end, "the moment at which the wrapped Fetcher returned nil")
			default:
				script.WantElapsed(end, "the moment at which its context was done")
				if err != ended {
					a.Fatalf("CancellationFetcher.Fetch returned the error %v; want %q, the error of its context as it is, because that was done first", kitQuoted(err), ended)
				}
				kitWantSent(a, "CancellationFetcher.Fetch", results)
			}
			if ctx.Err() != nil && fetch.Context != nil && fetch.Context.Err() == nil {
				a.Fatalf("the context of the wrapped Fetcher lives on; want it done with that of CancellationFetcher.Fetch: pass ctx on")
			}
		})
	})
}

// kitWantFailure fails the scene unless a decorator has dealt with the error of
// the Fetcher that it wraps as FailFast says. It returned err, and by then OnError
// had been called with the reported ones.
func kitWantFailure(a *rehearsal.Act, failFast bool, err, want error, reported []error) {
	switch {
	case failFast && !errors.Is(err, want):
		a.Fatalf("CancellationFetcher.Fetch returned the error %v; want %q, the error of the wrapped Fetcher, because FailFast is true", kitQuoted(err), want)
	case failFast:
	case err != nil:
		a.Fatalf("CancellationFetcher.Fetch returned the error %q; want nil, because FailFast is false: the error goes to OnError", err)
	case !slices.ContainsFunc(reported, func(err error) bool { return errors.Is(err, want) }):
		a.Fatalf("CancellationFetcher.Fetch had not called OnError with %q by the time it returned; want that, because FailFast is false", want)
	}
}

// A kitPeople is a Fetcher that does for each email what its script says.
type kitPeople struct {
	scripts   map[string]*rehearsal.Script
	strangers kitErrors // the others that it was asked about
}

func (p *kitPeople) Fetch(ctx context.Context, email string, results chan<- Result) error {
	script, ok := p.scripts[email]
	if !ok {
		p.strangers.add(errors.New(email))
		return nil
	}
	return kitFetchers(script)[0].Fetch(ctx, email, results)
}

// A kitErrors collects the errors that it is called with.
type kitErrors struct {
	mu   sync.Mutex
	errs []error
}

func (e *kitErrors) add(err error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.errs = append(e.errs, err)
}

func (e *kitErrors) all() []error {
	e.mu.Lock()
	defer e.mu.Unlock()
	return slices.Clone(e.errs)
}
