package main

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"sync"
	"time"

	"example.com/errgroup-workshop/internal/rehearsal"
)

// kitCacheScene plays callers of a CacheFetcher, and sometimes of a second one.
// First the calls of each wrapped Fetcher are compared with the contract, then
// what each caller got.
func kitCacheScene(s *rehearsal.Scene) {
	s.PlayOne(func(a *rehearsal.Act) {
		n := a.Size(2000)
		emails := []string{kitAda, kitBob, "", " ", "ADA@example.com", "%s"}
		emails = emails[:1+a.Number(len(emails))]
		if n > 50 {
			for i := range n / 8 {
				emails = append(emails, fmt.Sprintf("customer%d@example.com", i))
			}
		}
		sources := []*kitSource{kitDrawSource(a, emails)}
		if a.Percent(20) {
			sources = append(sources, kitDrawSource(a, emails))
		}
		callers := kitDrawCallers(a, n, emails...)
		which := make([]int, len(callers))
		for i := range which {
			which[i] = a.Number(len(sources))
		}
		kitSayCallers(a, callers, func(c *kitCaller) string {
			if which[c.index] > 0 {
				return fmt.Sprintf(", to ask a second cache about %q", c.email)
			}
			return fmt.Sprintf(", to ask about %q", c.email)
		})
		caches := make([]*CacheFetcher, len(sources))
		for i, source := range sources {
			caches[i] = &CacheFetcher{Fetcher: source}
		}

		a.Do(func() {
			for _, source := range sources {
				source.began = time.Now()
			}
			a.Together(len(callers), func(i int) { callers[i].call(a, caches[which[i]]) })
		})
		a.Check(func() {
			for i, source := range sources {
				var mine []*kitCaller
				for _, c := range callers {
					if which[c.index] == i {
						mine = append(mine, c)
					}
				}
				source.check(a, mine)
			}
		})
	})
}

// A kitSource is the Fetcher that a CacheFetcher wraps, and the record of the
// calls that it got.
type kitSource struct {
	script *rehearsal.Script
	began  time.Time

	mu   sync.Mutex
	asks map[string][]*kitAsk // by email, in the order of their begins
}

// A kitAsk is one call of a kitSource.
type kitAsk struct {
	ctx        context.Context
	caller     *kitCaller // whose context it has; nil: nobody's
	begun, end time.Duration
	limited    bool // its context had a deadline
	sent       []Result
	err        error
}

// kitDrawSource draws what the source knows: for each email a few answers and
// errors, of which it gives the last one again when it is asked more often.
func kitDrawSource(a *rehearsal.Act, emails []string) *kitSource {
	calls := a.Calls(3*len(emails), rehearsal.Vary{Fails: true, Values: kitOddValues})
	unknown := make(map[string]bool)
	for _, email := range emails {
		unknown[email] = true
	}
	for i := range calls {
		c := &calls[i]
		kitName(c, emails[i%len(emails)], fmt.Sprintf("answer %d", i+1))
		delete(unknown, c.Name)
	}
	for _, email := range emails {
		if unknown[email] {
			calls = append(calls, rehearsal.Call{Name: email})
		}
	}
	return &kitSource{script: a.Script("CacheFetcher.Fetch", "call", calls...), asks: make(map[string][]*kitAsk)}
}

func (s *kitSource) Fetch(ctx context.Context, email string, results chan<- Result) error {
	ask := &kitAsk{ctx: ctx, begun: time.Since(s.began), end: kitNever}
	ask.caller, _ = ctx.Value(kitCallerKey{}).(*kitCaller)
	_, ask.limited = ctx.Deadline()
	s.mu.Lock()
	s.asks[email] = append(s.asks[email], ask)
	s.mu.Unlock()

	value, err := s.script.FetchContext(ctx, email)
	var sent []Result
	if err == nil && value != "" {
		sent = []Result{kitResult(email, value)}
		results <- sent[0]
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	ask.end, ask.sent, ask.err = time.Since(s.began), sent, err
	return err
}

// check compares the calls, and then the callers, with the contract.
func (s *kitSource) check(a *rehearsal.Act, callers []*kitCaller) {
	s.mu.Lock()
	defer s.mu.Unlock()
	byEmail := make(map[string][]*kitCaller)
	for _, c := range callers {
		byEmail[c.email] = append(byEmail[c.email], c)
	}
	for _, email := range slices.Sorted(maps.Keys(s.asks)) {
		for i, ask := range s.asks[email] {
			ask.check(a, email, s.asks[email][:i], byEmail[email])
		}
	}
	for _, c := range callers {
		c.checkCache(a, s.asks[c.email])
	}
}

// check compares a call with the contract. The calls before are those with the
// same email.
func (ask *kitAsk) check(a *rehearsal.Act, email string, before []*kitAsk, callers []*kitCaller) {
	const function = "CacheFetcher.Fetch"
	for _, other := range before {
		switch {
		case ask.begun < other.end:
			a.Fatalf("%s asked about %q at %v, while the call of %v had not returned; want one call for all callers that wait", function, email, ask.begun, other.begun)
		case other.err == nil:
			a.Fatalf("%s asked about %q at %v; want the answer that it has had since %v, from memory", function, email, ask.begun, other.end)
		}
	}
	came, own := false, false
	for _, c := range callers {
		if c.comes == ask.begun && c.done > c.comes {
			came = true
			own = own || c == ask.caller
		}
	}
	switch {
	case !came:
		a.Fatalf("%s asked about %q at %v; want no call then, because no caller came whose context lived", function, email, ask.begun)
	case !own && ask.caller != nil && ask.caller.email != email:
		a.Fatalf("%s asked about %q for %s, which wants to know about %q", function, email, ask.caller.name, ask.caller.email)
	case !own:
		a.Fatalf("the call of the wrapped Fetcher had a context that lacks the values of its caller's; want one made from that, by context.WithoutCancel")
	case ask.limited:
		a.Fatalf("the call of the wrapped Fetcher had a context with a deadline; want one that is never done: one caller's deadline is not that of the others")
	case ask.ctx.Err() != nil:
		a.Fatalf("the context of the call of the wrapped Fetcher was done; want one that is never done: when one caller leaves, the others wait on")
	}
}

// checkCache compares what the caller got with the contract. The calls are those
// with its email.
func (c *kitCaller) checkCache(a *rehearsal.Act, asks []*kitAsk) {
	const function = "CacheFetcher.Fetch"
	if c.done == c.comes {
		c.want(a, function, c.gaveUp())
		return
	}
	var outcomes []kitOutcome // several where calls fail and begin at one moment
	for _, ask := range asks {
		remembered := ask.err == nil && ask.end <= c.comes
		underWay := ask.begun <= c.comes && c.comes <= ask.end
		if remembered || underWay {
			outcomes = append(outcomes, c.outcome(ask))
		}
	}
	if len(outcomes) == 0 {
		a.Fatalf("for %s %s didn't call the wrapped Fetcher; want a call, because it had no answer in memory", c.name, function)
	}
	c.want(a, function, outcomes...)
}

// outcome is what the contract wants for a caller that is answered by the call.
func (c *kitCaller) outcome(ask *kitAsk) kitOutcome {
	o := kitOutcome{at: ask.end, reason: "the moment at which the call that it waits for returned", err: ask.err, sent: ask.sent}
	if ask.end <= c.comes {
		o.at, o.reason = c.comes, "the moment at which it came, because the answer is in memory"
	}
	if len(ask.sent) > 0 && c.accepts > o.at {
		o.at, o.reason = c.accepts, "the moment at which somebody received"
	}
	if c.done <= o.at {
		return c.gaveUp()
	}
	return o
}
