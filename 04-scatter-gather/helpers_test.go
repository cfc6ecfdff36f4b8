package main

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"runtime"
	"slices"
	"sync"
	"testing"
	"time"

	"example.com/errgroup-workshop/internal/rehearsal"
)

const kitAda = "ada@example.com"

// A kitScriptedFetcher does what the call with the name key says: it sends the
// value that the call returns, or returns its error. A call that returns ""
// knows nothing. A call that ignores its context waits for a receiver as long as
// it takes.
type kitScriptedFetcher struct {
	script *rehearsal.Script
	key    string
}

func (f kitScriptedFetcher) Fetch(ctx context.Context, email string, results chan<- Result) error {
	return f.script.FetchAndSend(ctx, f.key, func(ctx context.Context, value string) error {
		return kitSend(ctx, results, kitResult(f.key, value))
	})
}

// kitZero and kitList are values of calls that send another Result than the one
// with their name and value: the zero Result, and one that can't be compared.
const (
	kitZero = "the zero Result"
	kitList = "a Result with a list"
)

var kitOddValues = []string{kitZero, kitList}

// kitName gives the call, which a scene has drawn, another name, and the value
// another text, if it is none of the odd ones.
func kitName(c *rehearsal.Call, name, value string) {
	c.Name = name
	if c.Returns != "" && !slices.Contains(kitOddValues, c.Returns) {
		c.Returns = value
	}
}

// kitResult returns the Result that the call with the name key sends.
func kitResult(key, value string) Result {
	switch value {
	case kitZero:
		return Result{}
	case kitList:
		return Result{key, []string{"one", "two"}}
	}
	return Result{key, value}
}

// kitSame reports whether two Results are the same. Their values may be such that
// == panics.
func kitSame(a, b Result) bool { return reflect.DeepEqual(a, b) }

// kitIndex returns where the Result is among all, -1 if it isn't.
func kitIndex(all []Result, result Result) int {
	return slices.IndexFunc(all, func(other Result) bool { return kitSame(result, other) })
}

// kitSend sends the result, or returns the error of ctx if that is done before
// somebody receives.
func kitSend(ctx context.Context, results chan<- Result, result Result) error {
	select {
	case results <- result:
		return nil
	default: // where both cases below are ready, chance would decide
	}
	select {
	case results <- result:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// kitFetchers returns a scriptedFetcher for each call of the script.
func kitFetchers(script *rehearsal.Script) []Fetcher {
	var all []Fetcher
	for _, key := range script.Keys() {
		all = append(all, kitScriptedFetcher{script, key})
	}
	return all
}

// A kitFetchFunc is a Fetcher made of a function.
type kitFetchFunc func(ctx context.Context, email string, results chan<- Result) error

func (f kitFetchFunc) Fetch(ctx context.Context, email string, results chan<- Result) error {
	return f(ctx, email, results)
}

// kitDrain takes the results that are in the channel, and doesn't wait for more.
func kitDrain(results <-chan Result) []Result {
	var all []Result
	for {
		select {
		case result, ok := <-results:
			if !ok {
				return all
			}
			all = append(all, result)
		default:
			return all
		}
	}
}

// kitWantResults fails the test unless got holds the wanted results in their
// order.
func kitWantResults(t testing.TB, function string, got []Result, want ...Result) {
	t.Helper()
	if len(got) == 0 && len(want) == 0 {
		return
	}
	if !reflect.DeepEqual(got, want) {
		help := ""
		if len(got) == 0 && function != "Gather" {
			help = ": it had sent nothing by the time it returned"
		}
		for i := range min(len(got), len(want)) {
			if got, want := got[i], want[i]; !kitSame(got, want) && fmt.Sprint(got) == fmt.Sprint(want) {
				t.Fatalf("%s gave the result %v, whose Value is of type %T; want %T", function, got, got.Value, want.Value)
			}
		}
		t.Fatalf("%s gave the results %v; want %v%s", function, got, want, help)
	}
}

// kitWantOpen fails the test if the channel, which must have been drained, was
// closed.
func kitWantOpen(t testing.TB, function string, results <-chan Result) {
	t.Helper()
	select {
	case <-results:
		t.Errorf("%s closed the channel results; want it open, because other fetchers send on it", function)
	default:
	}
}

// kitWantNothingLate fails the test if results holds a result, which was sent after
// the function had returned.
func kitWantNothingLate(t testing.TB, function string, results <-chan Result) {
	t.Helper()
	if late := kitDrain(results); len(late) > 0 {
		t.Errorf("%v was sent on results after %s had returned; want nothing, because the channel may be closed by then", late, function)
	}
}

func kitWantNoError(t testing.TB, function string, err error) {
	t.Helper()
	if err != nil {
		help := ""
		if function == "Gather" && errors.Is(err, context.Canceled) {
			help = ": the context of a group is canceled when Wait returns, so don't ask it afterwards"
		}
		t.Fatalf("%s returned the error %q; want nil%s", function, err, help)
	}
}

// kitWantError fails the test unless errors.Is finds want in the error.
func kitWantError(t testing.TB, function string, err, want error) {
	t.Helper()
	switch {
	case err == nil:
		t.Fatalf("%s returned nil; want an error that matches %q", function, want)
	case !errors.Is(err, want):
		t.Fatalf("%s returned the error %q; want one that matches %q", function, err, want)
	}
	for _, other := range []error{rehearsal.ErrEarly, rehearsal.ErrLate, context.Canceled, context.DeadlineExceeded} {
		if errors.Is(err, other) && !errors.Is(want, other) {
			t.Fatalf("%s returned the error %q, which matches %q; want %q alone", function, err, other, want)
		}
	}
}

// A kitSlowContext makes whoever calls Done wait for 5s, as a busy machine does:
// what else is going to happen has happened by then.
type kitSlowContext struct{ context.Context }

func (c kitSlowContext) Done() <-chan struct{} {
	time.Sleep(5 * time.Second)
	return c.Context.Done()
}

// A kitBusyContext makes whoever calls Done wait as well, until what else can
// happen at this moment has happened. It doesn't sleep: Done may be called while
// a mutex is held, and the fake clock would stop.
type kitBusyContext struct{ context.Context }

func (c kitBusyContext) Done() <-chan struct{} {
	for range 200 {
		runtime.Gosched()
	}
	return c.Context.Done()
}

// kitBeginExtra skips the tests of an extra until its constant in extras.go says
// that it has begun.
func kitBeginExtra(t *testing.T, begun bool, constant string) {
	t.Helper()
	if !begun {
		t.Skipf("an extra: to begin, set %s to true in extras.go", constant)
	}
}

// A kitSequence is a Fetcher that is asked about ada more than once. When it is
// asked first, it does what the first call of its script says, then what the
// second one says, and so on. It keeps the times at which it was asked.
type kitSequence struct {
	*rehearsal.Script
	t        *rehearsal.T
	function string // the function under test
	began    time.Time

	mu    sync.Mutex
	asked []time.Duration
}

// kitNewSequence returns a sequence that does what the calls say. Their names
// become noun and a number: "try 1", "try 2".
func kitNewSequence(t *rehearsal.T, function, noun string, calls ...rehearsal.Call) *kitSequence {
	for i := range calls {
		calls[i].Name = fmt.Sprintf("%s %d", noun, i+1)
	}
	script := t.Script(function, "fetch", calls...)
	script.OneAfterAnother()
	return &kitSequence{t: t, function: function, began: time.Now(), Script: script}
}

func (s *kitSequence) Fetch(ctx context.Context, email string, results chan<- Result) error {
	s.mu.Lock()
	s.asked = append(s.asked, time.Since(s.began))
	n := len(s.asked)
	s.mu.Unlock()

	if email != kitAda {
		s.t.Errorf("%s asked the wrapped Fetcher about %q; want %q", s.function, email, kitAda)
	}
	if n > len(s.Keys()) {
		s.t.Errorf("%s asked the wrapped Fetcher %d times, the last time after %v; want %d at most",
			s.function, n, time.Since(s.began), len(s.Keys()))
		return nil // whoever asks until it gets an answer has one
	}
	return kitScriptedFetcher{s.Script, s.Keys()[n-1]}.Fetch(ctx, email, results)
}

// wantAsked fails the test unless the sequence was asked at the wanted times.
func (s *kitSequence) wantAsked(reason string, want ...time.Duration) {
	s.t.Helper()
	s.Returned()
	s.mu.Lock()
	defer s.mu.Unlock()
	if !slices.Equal(s.asked, want) {
		s.t.Fatalf("%s asked the wrapped Fetcher at the times %v; want %v, %s", s.function, s.asked, want, reason)
	}
}
