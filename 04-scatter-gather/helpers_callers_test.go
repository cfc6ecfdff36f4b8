package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"example.com/errgroup-workshop/internal/rehearsal"
)

const kitBob = "bob@example.com"

// A kitCaller is one of many callers of Fetch in a scene: what it does, and what
// it sees. Times are counted from the begin of the act.
type kitCaller struct {
	index   int
	name    string
	email   string
	comes   time.Duration // when it calls Fetch
	ending  kitCallerEnding
	done    time.Duration // when its context is done; kitNever: it lives on
	accepts time.Duration // when somebody begins to receive; kitNever: nobody does

	ctx      context.Context
	results  chan Result // its buffer is full when it has room for one
	returned time.Duration
	finished bool // Fetch has returned: it has not ended the goroutine
	err      error
	got      []Result // what had been sent when Fetch returned
	closed   bool     // the channel
}

const kitNever = time.Duration(1<<63 - 1)

// A kitCallerEnding says how the context of a caller ends.
type kitCallerEnding int

const (
	kitLives kitCallerEnding = iota
	kitCanceled
	kitDeadline
	kitCanceledWithCause
)

type kitCallerKey struct{}

// kitDrawCallers draws n callers, or some fewer, which ask about the emails.
func kitDrawCallers(a *rehearsal.Act, n int, emails ...string) []*kitCaller {
	together := a.Percent(25) || n > 50 && a.Percent(50)
	callers := make([]*kitCaller, 0, n)
	for range n {
		absent := !a.Percent(97) // so that a smaller scene can do without it
		if c := kitDrawCaller(a, len(callers), together, emails); !absent {
			callers = append(callers, c)
		}
	}
	return callers
}

func kitDrawCaller(a *rehearsal.Act, index int, together bool, emails []string) *kitCaller {
	c := &kitCaller{index: index, name: fmt.Sprintf("caller %d", index+1), email: rehearsal.OneOf(a.Scene, emails...)}
	if c.comes = a.Duration(); together {
		c.comes = 0
	}
	c.ending = rehearsal.OneOf(a.Scene, kitLives, kitLives, kitLives, kitCanceled, kitDeadline, kitCanceledWithCause)
	stays := a.Duration()
	c.done = kitNever
	if c.ending != kitLives {
		c.done = c.comes + stays
	}
	buffer := 2 // one more than needed: a second result would be seen
	kind, wait, full := a.Number(8), a.Moment(), a.Number(2)
	switch {
	case kind == 7 && c.ending != kitLives:
		buffer, c.accepts = full, kitNever
	case kind >= 5:
		buffer, c.accepts = full, c.comes+wait
	}
	c.results = make(chan Result, buffer)
	if buffer == 1 {
		c.results <- kitOthers
	}
	return c
}

// describe says in words what the caller does.
func (c *kitCaller) describe() string {
	text := c.name
	if c.comes == 0 {
		text += " comes at once"
	} else {
		text += fmt.Sprintf(" comes after %v", c.comes)
	}
	how := []string{"lives on", "is canceled", "has its deadline", "is canceled with a cause"}[c.ending]
	switch {
	case c.done == kitNever:
	case c.done == c.comes:
		text += fmt.Sprintf(", and its context %s before", how)
	default:
		text += fmt.Sprintf(", and its context %s at %v", how, c.done)
	}
	switch c.accepts {
	case 0:
	case kitNever:
		text += ", and nobody receives its results"
	default:
		text += fmt.Sprintf(", and somebody receives its results at %v", c.accepts)
	}
	if cap(c.results) == 1 {
		text += ", and the buffer of the channel is full"
	}
	return text
}

// kitSaid is how many callers a description names.
const kitSaid = 4

// kitSayCallers adds the first of the callers to the description of the act, each
// with what more there is to say about it.
func kitSayCallers(a *rehearsal.Act, callers []*kitCaller, more func(c *kitCaller) string) {
	for i, c := range callers {
		if i == kitSaid {
			a.Say("and %d more callers", len(callers)-i)
			return
		}
		a.Say("%s", c.describe()+more(c))
	}
}

// call calls Fetch as the caller does, and notes what it sees.
func (c *kitCaller) call(a *rehearsal.Act, fetcher Fetcher) {
	began := time.Now()
	time.Sleep(c.comes)
	ctx, cancel := c.context(context.WithValue(a.T.Context(), kitCallerKey{}, c))
	defer cancel()
	c.ctx = ctx

	gone := make(chan struct{})
	received := make(chan []Result, 1)
	if c.accepts > 0 && c.accepts != kitNever {
		go func() { received <- c.receive(c.accepts-c.comes, gone) }()
	} else {
		received <- nil
	}
	defer func() {
		c.returned = time.Since(began)
		close(gone)
		c.got = kitWithoutOthers(append(<-received, kitDrain(c.results)...))
		select {
		case _, open := <-c.results:
			c.closed = !open
		default:
		}
	}()
	c.err = fetcher.Fetch(ctx, c.email, c.results)
	c.finished = true
}

// context makes the context of the caller.
func (c *kitCaller) context(ctx context.Context) (context.Context, context.CancelFunc) {
	switch c.ending {
	case kitDeadline:
		return context.WithTimeout(ctx, c.done-c.comes)
	case kitLives:
		return context.WithCancel(ctx)
	}
	ctx, cancelCause := context.WithCancelCause(ctx)
	cancel := func() { cancelCause(nil) }
	if c.ending == kitCanceledWithCause {
		cancel = func() { cancelCause(errors.New("the user has closed the window")) }
	}
	if c.done == c.comes {
		cancel()
	} else {
		time.AfterFunc(c.done-c.comes, cancel)
	}
	return ctx, cancel
}

// receive receives after wait, until the caller is gone.
func (c *kitCaller) receive(wait time.Duration, gone <-chan struct{}) (got []Result) {
	select {
	case <-time.After(wait):
	case <-gone:
		return nil
	}
	for {
		select {
		case result, open := <-c.results:
			if !open {
				return got
			}
			got = append(got, result)
		case <-gone:
			return got
		}
	}
}

// A kitOutcome is what the contract wants of Fetch for a caller.
type kitOutcome struct {
	at     time.Duration // when Fetch returns
	reason string        // for that moment
	err    error
	sent   []Result
}

// gaveUp is the outcome for a caller whose context is done first.
func (c *kitCaller) gaveUp() kitOutcome {
	o := kitOutcome{at: max(c.comes, c.done), reason: "the moment at which its context was done", err: context.Canceled}
	if c.ending == kitDeadline {
		o.err = context.DeadlineExceeded
	}
	return o
}

// want fails the scene unless the caller saw one of the outcomes.
func (c *kitCaller) want(a *rehearsal.Act, function string, outcomes ...kitOutcome) {
	fault := ""
	for _, o := range outcomes {
		if fault = c.compare(function, o); fault == "" {
			return
		}
	}
	if c.index >= kitSaid {
		a.Say("%s, to ask about %q", c.describe(), c.email)
	}
	a.Fatalf("for %s %s", c.name, fault)
}

// compare says what the caller saw instead of the outcome, or returns "".
func (c *kitCaller) compare(function string, want kitOutcome) string {
	switch {
	case !c.finished:
		return fmt.Sprintf("%s ended the goroutine; want it to return", function)
	case c.returned != want.at:
		return fmt.Sprintf("%s returned at %v; want %v, %s", function, c.returned, want.at, want.reason)
	case want.err == nil && c.err != nil:
		return fmt.Sprintf("%s returned the error %q; want nil", function, c.err)
	case !errors.Is(c.err, want.err):
		return fmt.Sprintf("%s returned the error %s; want one that matches %q", function, kitQuoted(c.err), want.err)
	case !slices.EqualFunc(c.got, want.sent, kitSame):
		return fmt.Sprintf("%s sent %v; want %v", function, c.got, want.sent)
	case c.closed:
		return fmt.Sprintf("%s closed the channel results; want it open, because other fetchers send on it", function)
	case len(c.results) > 0: // to an unbuffered channel, a late send blocks
		return fmt.Sprintf("%s sent %v after it had returned; want nothing, because the channel may be closed by then", function, <-c.results)
	}
	return ""
}
