package main

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"sync"
	"time"

	"example.com/errgroup-workshop/internal/rehearsal"
)

// A kitInbox is the channel results of one call in a scene, and somebody who
// receives from it, or doesn't.
type kitInbox struct {
	act      *rehearsal.Act
	function string
	results  chan Result
	comes    time.Duration // when somebody begins to receive; -1: nobody does
	full     bool          // it has a buffer, in which is a Result of another Fetcher until then
	stop     chan struct{}

	mu       sync.Mutex
	arrived  []Result
	times    []time.Duration // of the arrivals, since the call began; of an unbuffered channel only
	returned time.Duration   // when the call had returned
	inTime   int             // results that had been sent by then, to a buffered channel
	closed   bool
}

// kitDrawInbox draws where the results of a call of the function go: to a channel
// with a buffer of at least room, or to somebody who receives from the start, or
// later, or never if that may be. By then a buffer may be full.
func kitDrawInbox(a *rehearsal.Act, function string, room int, mayNever bool) *kitInbox {
	b := &kitInbox{act: a, function: function}
	kind, later, full := a.Number(5), a.Moment(), a.Percent(30)
	switch {
	case kind == 4 && mayNever:
		b.comes = -1
		a.Say("nobody receives the results")
	case kind >= 3:
		b.comes = later
		a.Say("somebody receives the results after %v", later)
	case kind == 2:
		a.Say("somebody receives the results from the start")
	default:
		b.results = make(chan Result, room+1) // one more than that would be seen
	}
	if b.full = full && kind > 2; b.full {
		b.results = make(chan Result, 1)
		b.results <- kitOthers
		a.Say("the buffer of the channel is full by then")
	}
	if kind > 1 && b.comes >= 0 {
		b.stop = make(chan struct{})
		a.AtEnd(func() { close(b.stop) })
	}
	return b
}

// During calls fetch with the channel, and returns what that returns.
func (b *kitInbox) During(fetch func(results chan<- Result) error) error {
	began := time.Now()
	if b.results == nil {
		b.results = make(chan Result)
	}
	if b.stop != nil {
		go b.receive(began)
	}
	err := fetch(b.results)
	b.mu.Lock()
	defer b.mu.Unlock()
	b.returned, b.inTime = time.Since(began), len(b.results)
	return err
}

func (b *kitInbox) receive(began time.Time) {
	select {
	case <-b.stop:
		return
	case <-time.After(b.comes):
	}
	if b.full {
		<-b.results
	}
	for {
		select {
		case <-b.stop:
			return
		case result, ok := <-b.results:
			b.mu.Lock()
			if !ok {
				b.closed = true
				b.mu.Unlock()
				return
			}
			b.arrived, b.times = append(b.arrived, result), append(b.times, time.Since(began))
			b.mu.Unlock()
		}
	}
}

// kitOthers is the Result of another Fetcher that fills a buffer.
var kitOthers = Result{"another", "fills the buffer"}

func kitWithoutOthers(results []Result) []Result {
	return slices.DeleteFunc(results, func(result Result) bool { return kitSame(result, kitOthers) })
}

// Takes returns when a result that is sent at that time since the call began is
// received, or lies in the buffer; never is true if nobody receives.
func (b *kitInbox) Takes(sent time.Duration) (received time.Duration, never bool) {
	return max(sent, b.comes), b.comes < 0
}

// Results returns what was sent, in the order of arrival. It fails the scene if
// something was sent after the call had returned, or the channel was closed.
func (b *kitInbox) Results() []Result {
	b.mu.Lock()
	defer b.mu.Unlock()
	if cap(b.results) > 0 {
		b.arrived = append(b.arrived, kitWithoutOthers(kitDrain(b.results))...)
		select {
		case <-b.results:
			b.closed = true
		default:
		}
	}
	for i, result := range b.arrived {
		late := i >= b.inTime && cap(b.results) > 0 && !b.full
		when := ""
		if i < len(b.times) {
			late = b.times[i] > b.returned
			when = fmt.Sprintf(" %v", b.times[i]-b.returned)
		}
		if late {
			b.act.Fatalf("%s was sent on results%s after %s had returned; want nothing, because the channel may be closed by then", kitShort(result), when, b.function)
		}
	}
	if b.closed {
		b.act.Fatalf("%s closed the channel results; want it open, because other fetchers send on it", b.function)
	}
	return b.arrived
}

// kitWantDelivery fails the scene unless a Fetcher has sent what it had to send
// when that was ready, or has returned the error of its context when that was done
// before somebody received.
func kitWantDelivery(a *rehearsal.Act, script *rehearsal.Script, ctx *rehearsal.Context, inbox *kitInbox,
	ready time.Duration, reason string, err error, want []Result) {
	end, ended := ctx.Ended()
	received, never := ready, false
	if len(want) > 0 {
		received, never = inbox.Takes(ready)
	}
	if ended != nil && (never || end <= received) {
		script.WantElapsed(end, "the moment at which its context was done")
		kitWantContextError(a, inbox.function, err, ended)
		kitWantSent(a, inbox.function, inbox.Results())
	} else {
		if received > ready {
			reason = "the moment at which somebody received"
		}
		script.WantElapsed(received, reason)
		if err != nil {
			a.Fatalf("%s returned the error %q; want nil", inbox.function, err)
		}
		kitWantSent(a, inbox.function, inbox.Results(), want...)
	}
	ctx.WantNothingLeft(inbox.function)
}

// kitWantSent fails the scene unless the function has sent the wanted results.
func kitWantSent(a *rehearsal.Act, function string, got []Result, want ...Result) {
	if !slices.EqualFunc(got, want, kitSame) {
		a.Fatalf("%s sent the results %s; want %s", function, kitShort(got), kitShort(want))
	}
}

// kitWantContextError fails the scene unless err is the error with which the
// context of the act has ended, as it is or wrapped.
func kitWantContextError(a *rehearsal.Act, function string, err, ended error) {
	if !errors.Is(err, ended) {
		a.Fatalf("%s returned the error %s; want one that matches %q, the error of its context", function, kitQuoted(err), ended)
	}
}

// kitQuoted returns the error's text in quotes, and nil for none.
func kitQuoted(err error) string {
	if err == nil {
		return "nil"
	}
	return strconv.Quote(err.Error())
}

// kitShort prints the value as fmt.Println does, cut off where it gets long.
func kitShort(value any) string { return fmt.Sprintf("%.80s", fmt.Sprint(value)) }
