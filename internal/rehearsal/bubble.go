package rehearsal

import (
	"fmt"
	"io"
	"runtime"
	"runtime/debug"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
)

// T is the *testing.T of a test that runs in a bubble. It makes scripts, and
// tells goleak's report in plain words.
type T struct {
	*testing.T
	// A deadlock ends synctest.Test by a panic, which orders nothing: without
	// the lock, what the bubble has written is a data race for who reads it then.
	mu      sync.Mutex
	scripts []*Script
	bubble  int         // number of the bubble in goroutine dumps
	ended   bool        // whether the test came to its end, and so the functions under test
	leaked  []goroutine // what goleak has reported
}

// Bubble returns a test, for t.Run, that runs f under fake time. When a
// deadlock ends f, or f panics, that one test fails and the next one goes on.
// A test that hangs for another reason ends the test run; the package comment
// says when that happens.
func Bubble(f func(t *T)) func(t *testing.T) {
	// No more than a call: the compiler copies what stands here into each place
	// that calls Bubble, and a learner waits for it to compile them.
	return func(t *testing.T) { runInBubble(t, f) }
}

func runInBubble(outer *testing.T, f func(t *T)) {
	Watch(outer)

	t := &T{}
	defer t.drawTimelines(outer)
	defer t.recoverDeadlock(outer)
	synctest.Test(outer, func(inner *testing.T) {
		t.T = inner
		t.locked(func() { t.bubble = parseGoroutines(dump(false))[0].bubble })
		defer t.letCallsEnd()
		defer t.tellLeak()
		defer t.failAfterExit()
		defer t.recoverPanic()
		f(t)
		t.locked(func() { t.ended = true })
	})
}

// Error is testing.T's, but for the report of goleak, which it tells in plain
// words.
func (t *T) Error(args ...any) {
	t.Helper()
	if len(args) == 1 {
		if err, ok := args[0].(error); ok {
			if leaked := leakedGoroutines(err); len(leaked) > 0 {
				t.locked(func() { t.leaked = leaked })
				return
			}
		}
	}
	t.T.Error(args...)
}

// tellLeak tells what goleak has reported. It does so when all else is told: a
// panic, which leaves goroutines behind, is the cause, and is read first.
func (t *T) tellLeak() {
	var leaked []goroutine
	t.locked(func() { leaked = slices.Clone(t.leaked) })
	if t.Failed() {
		// A test that has failed may have left goroutines of its own behind.
		leaked = slices.DeleteFunc(leaked, func(g goroutine) bool { return !g.isLearners() })
	}
	if len(leaked) > 0 {
		t.failWith(fmt.Sprintf("goroutine leak: goleak found %s still there after the function returned",
			count(len(leaked), "goroutine")), describeAll(leaked))
	}
}

func (t *T) locked(f func()) {
	t.mu.Lock()
	defer t.mu.Unlock()
	f()
}

func (t *T) allScripts() (scripts []*Script) {
	t.locked(func() { scripts = slices.Clone(t.scripts) })
	return scripts
}

// failWith fails the test with a message that has no position in a test file:
// what it tells about stands in the exercise.
func (t *T) failWith(message string, details []string) {
	t.Fail()
	writeMessage(t.Output(), message, details)
}

func writeMessage(w io.Writer, message string, details []string) {
	fmt.Fprintln(w, message)
	for _, line := range details {
		fmt.Fprintf(w, "  %s\n", line)
	}
}

// letCallsEnd lets the calls that are under way come to their end, so that the
// timeline shows how long they went on.
func (t *T) letCallsEnd() {
	for _, s := range t.allScripts() {
		s.letEnd()
	}
}

// failAfterExit makes a failure of the end of the test's goroutine by
// runtime.Goexit in the function under test: the testing package would end the
// whole test run.
func (t *T) failAfterExit() {
	// FailNow and SkipNow use Goexit too, and stand on the stack then.
	on := func(function string) bool { return strings.Contains(string(debug.Stack()), function) }
	if on("testing.(*common).FailNow(") || on("testing.(*common).SkipNow(") {
		t.locked(func() { t.ended = true })
		return
	}
	if !on("runtime.Goexit(") {
		return
	}
	function, noun := "the function", "call"
	if scripts := t.allScripts(); len(scripts) > 0 {
		function, noun = scripts[0].function, scripts[0].noun
	}
	t.failWith(fmt.Sprintf("%s didn't return: a %s ended the goroutine that %s was called in; "+
		"start each %s in a goroutine of its own", function, noun, function, noun), nil)
	t.FailNow()
}

// recoverPanic makes a failure of a panic in the goroutine of the test: the
// testing package would end the whole test run. A panic in another goroutine
// can't be recovered from here, and does end it.
func (t *T) recoverPanic() {
	if p := recover(); p != nil {
		where := ""
		if frame, ok := learnerFrame(parseGoroutine("running", string(debug.Stack()))); ok {
			where = fmt.Sprintf(" in %s, at %s", frame.function(), frame.position())
		}
		t.failWith(fmt.Sprintf("panic%s: %v", where, p), nil)
	}
}

// recoverDeadlock makes a failure of the panic by which synctest.Test says
// that all goroutines of the bubble wait, and nothing can wake them.
func (t *T) recoverDeadlock(outer *testing.T) {
	p := recover()
	if p == nil {
		return
	}
	err, ok := p.(error)
	if !ok || !strings.HasPrefix(err.Error(), "deadlock:") {
		panic(p)
	}
	outer.Fail()
	var bubble int
	var leaked bool
	t.locked(func() { bubble, leaked = t.bubble, len(t.leaked) > 0 })
	message := "deadlock: every goroutine waits, and nothing can wake any of them"
	if strings.Contains(err.Error(), "main bubble goroutine has exited") {
		if leaked {
			return // goleak has told it
		}
		message = "goroutine leak: these goroutines never end"
	}
	writeMessage(outer.Output(), message, append(describeBubble(dump(true), bubble), t.exits()...))
}

// Settle returns when every other goroutine of the bubble waits for something,
// or has ended. Unlike synctest.Wait, it counts a wait for a mutex: so a test
// can wait in a callback that is called while a mutex is held.
func (t *T) Settle() {
	busy := func(g goroutine) bool {
		return g.bubble == t.bubble && (g.runs() || strings.HasPrefix(g.state, "GC "))
	}
	for slices.ContainsFunc(parseGoroutines(dump(true))[1:], busy) { // the caller comes first
		runtime.Gosched()
	}
}

// exits names the calls that ended their goroutine. Nothing that waits for it
// shows in a dump why what it waits for has not come.
func (t *T) exits() []string {
	var lines []string
	for _, s := range t.allScripts() {
		if gone := s.named(exited); gone != "" {
			lines = append(lines, gone+" ended in runtime.Goexit, which ends the goroutine: only its deferred calls run then")
		}
	}
	return lines
}

// drawTimelines draws the timelines of the test if it failed, or with -v.
func (t *T) drawTimelines(outer *testing.T) {
	if !outer.Failed() && !testing.Verbose() {
		return
	}
	var ended bool
	t.locked(func() { ended = t.ended })
	for _, s := range t.allScripts() {
		fmt.Fprint(outer.Output(), s.timeline(ended))
	}
}
