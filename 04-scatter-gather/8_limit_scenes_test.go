package main

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"sync"
	"time"

	"example.com/errgroup-workshop/internal/rehearsal"
)

// kitLimitScene plays callers of a LimitFetcher, and sometimes of a second one
// with its own Limit. Each caller is compared with the contract, and then the
// slots: how many were taken, and whether one was free while a caller waited.
func kitLimitScene(s *rehearsal.Scene) {
	s.PlayOne(func(a *rehearsal.Act) {
		// No thousands: a Limit may wake all who wait whenever one leaves.
		calls := a.Calls(a.Size(300), rehearsal.Vary{Fails: true, Exits: true, Context: true, Values: kitOddValues})
		script := a.Script("LimitFetcher.Fetch", "fetch", calls...)
		slots := []*kitSlots{kitDrawSlots(s, len(calls))}
		a.Say("the limit is %d", slots[0].n)
		if a.Percent(25) {
			slots = append(slots, kitDrawSlots(s, len(calls)))
			a.Say("a second limit is %d", slots[1].n)
		}
		callers := kitDrawCallers(a, len(calls), kitAda, kitBob, "", " ", "ADA@example.com")
		fetches := make([]*kitLimitFetch, len(callers))
		for i := range fetches {
			fetches[i] = &kitLimitFetch{kitCaller: callers[i], call: calls[i], slots: slots[a.Number(len(slots))]}
		}
		kitSayCallers(a, callers, func(c *kitCaller) string {
			text := fmt.Sprintf(", to fetch %q", calls[c.index].Name)
			if fetches[c.index].slots != slots[0] {
				text += " with the second limit"
			}
			return text
		})

		// One value for all callers of a limit: the wrapped Fetcher finds out by
		// the context for whom it is called.
		var began time.Time
		strange := make(chan string, 1)
		wrapped := func(limit *kitSlots) Fetcher {
			return kitFetchFunc(func(ctx context.Context, email string, results chan<- Result) error {
				c, ok := ctx.Value(kitCallerKey{}).(*kitCaller)
				if !ok {
					select {
					case strange <- email:
					default:
					}
					return nil
				}
				limit.enter()
				defer limit.leave()
				return fetches[c.index].fetch(ctx, began, script, email, results)
			})
		}
		for _, limit := range slots {
			limit.fetcher = &LimitFetcher{Fetcher: wrapped(limit), Limit: limit.limit}
		}

		a.Do(func() {
			began = time.Now()
			a.Together(len(fetches), func(i int) { callers[i].call(a, fetches[i].slots.fetcher) })
		})
		a.Check(func() {
			if len(strange) > 0 {
				a.Fatalf("LimitFetcher.Fetch called the wrapped Fetcher with a context that lacks the values of its own; want that context, or one made from it")
			}
			for _, f := range fetches {
				f.check(a)
			}
			for _, limit := range slots {
				limit.check(a, fetches)
			}
		})
	})
}

// kitSlots are the slots of one Limit.
type kitSlots struct {
	n       int
	limit   *Limit
	fetcher Fetcher

	mu          sync.Mutex
	taken, most int
}

func kitDrawSlots(s *rehearsal.Scene, callers int) *kitSlots {
	n := rehearsal.OneOf(s, 1, 1, 2, 3, 1+callers/2, callers+5)
	return &kitSlots{n: n, limit: kitNewLimit(s, n)}
}

func (s *kitSlots) enter() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.taken++
	s.most = max(s.most, s.taken)
}

func (s *kitSlots) leave() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.taken--
}

// check fails the scene if more slots were taken than there are, or if one was
// free while a caller waited.
func (s *kitSlots) check(a *rehearsal.Act, fetches []*kitLimitFetch) {
	if s.most > s.n {
		a.Fatalf("LimitFetcher.Fetch ran %d fetches at the same time; want at most %d: take a slot before each fetch, and release it only if you have taken it", s.most, s.n)
	}
	type change struct {
		at             time.Duration
		waiting, taken int
	}
	var changes []change
	for _, f := range fetches {
		switch {
		case f.slots != s:
		case f.calls == 0:
			changes = append(changes, change{f.comes, +1, 0}, change{f.returned, -1, 0})
		default:
			changes = append(changes, change{f.comes, +1, 0}, change{f.begun, -1, +1}, change{f.end, 0, -1})
		}
	}
	slices.SortFunc(changes, func(a, b change) int { return cmp.Compare(a.at, b.at) })
	var now change
	for _, next := range changes {
		if next.at > now.at && now.waiting > 0 && now.taken < s.n {
			a.Fatalf("LimitFetcher.Fetch left a slot free from %v to %v while a caller waited; want that caller to take it at once: "+
				"release the slot on every way out, and take one as soon as it is free", now.at, next.at)
		}
		now = change{next.at, now.waiting + next.waiting, now.taken + next.taken}
	}
}

// A kitLimitFetch is a caller, and what the wrapped Fetcher did for it.
type kitLimitFetch struct {
	*kitCaller
	call  rehearsal.Call
	slots *kitSlots

	mu         sync.Mutex
	calls      int
	about      string // the email
	begun, end time.Duration
	within     context.Context
	sent       []Result
	exited     bool
	returns    error
}

// fetch is the wrapped Fetcher's Fetch.
func (f *kitLimitFetch) fetch(ctx context.Context, began time.Time, script *rehearsal.Script, email string, results chan<- Result) (err error) {
	f.mu.Lock()
	f.calls++
	f.about, f.begun, f.within, f.exited = email, time.Since(began), ctx, true
	f.mu.Unlock()
	var sent []Result
	defer func() {
		f.mu.Lock()
		defer f.mu.Unlock()
		f.end, f.returns, f.sent = time.Since(began), err, sent
	}()
	value, err := script.FetchContext(ctx, f.call.Name)
	if err == nil && value != "" {
		result := kitResult(f.call.Name, value)
		if err = kitSend(ctx, results, result); err == nil {
			sent = append(sent, result)
		}
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	f.exited = false
	return err
}

// check compares what the caller saw with the contract.
func (f *kitLimitFetch) check(a *rehearsal.Act) {
	const function = "LimitFetcher.Fetch"
	f.mu.Lock()
	defer f.mu.Unlock()
	switch {
	case f.calls == 0 && f.done == kitNever:
		a.Fatalf("for %s %s never called the wrapped Fetcher; want one call", f.name, function)
	case f.calls == 0:
		f.want(a, function, f.gaveUp())
		return
	case f.calls > 1:
		a.Fatalf("for %s %s called the wrapped Fetcher %d times; want one call", f.name, function, f.calls)
	case f.begun >= f.done:
		a.Fatalf("for %s %s called the wrapped Fetcher at %v, when its context had been done since %v; want no call", f.name, function, f.begun, f.done)
	case f.about != f.email:
		a.Fatalf("%s asked the wrapped Fetcher about %q; want %q", function, f.about, f.email)
	case f.end > f.done && !f.call.IgnoresContext:
		a.Fatalf("the context of the wrapped Fetcher was not done when that of %s was, at %v; want the same context, or one made from it", f.name, f.done)
	}
	if limit, ok := f.ctx.Deadline(); ok {
		if theirs, has := f.within.Deadline(); !has || theirs.After(limit) {
			a.Fatalf("the wrapped Fetcher doesn't see the deadline of its caller's context; want the same context, or one made from it")
		}
	}
	if f.exited {
		if f.finished {
			a.Fatalf(kitNotEnded, f.err)
		}
		return
	}
	f.want(a, function, kitOutcome{f.end, "the moment at which the wrapped Fetcher returned", f.returns, f.sent})
}

const kitNotEnded = "LimitFetcher.Fetch returned the error %v although the wrapped Fetcher had ended its goroutine; " +
	"want that to be the goroutine of the caller: call the wrapped Fetcher in the same goroutine"
