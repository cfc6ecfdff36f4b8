package rehearsal

import (
	"cmp"
	"fmt"
	"io"
	"runtime"
	"runtime/debug"
	"slices"
	"strconv"
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
	stopped bool        // whether the test itself ended its goroutine
	scene   *Scene      // that the test plays, or nil
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
		t.enter(inner)
		t.label()
		defer t.waitForCalls()
		defer t.reportLeaks()
		defer t.failOnGoexit()
		defer t.recoverPanic()
		f(t)
		t.locked(func() { t.ended = true })
	})
}

// enter notes the test of the bubble that the caller runs in.
func (t *T) enter(inner *testing.T) {
	t.T = inner
	bubble := currentBubble()
	t.locked(func() { t.bubble = bubble })
}

// reportLeaks tells what goleak has reported. It does so when all else is told: a
// panic, which leaves goroutines behind, is the cause, and is read first.
func (t *T) reportLeaks() {
	var leaked []goroutine
	t.locked(func() { leaked = slices.Clone(t.leaked) })
	if t.Failed() {
		// A test that has failed may have left goroutines of its own behind.
		leaked = slices.DeleteFunc(leaked, func(g goroutine) bool { return !g.isLearners() })
	}
	if len(leaked) > 0 {
		t.failWith(leakMessage(len(leaked)), t.describeLeaked(leaked))
	}
}

func (t *T) describeLeaked(leaked []goroutine) []string {
	lines := describeAll(leaked)
	for _, script := range t.allScripts() {
		lines = append(lines, script.describeUncanceled()...)
	}
	return lines
}

func leakMessage(n int) string {
	return fmt.Sprintf("goroutine leak: goleak found %s still there after the function returned", count(n, "goroutine"))
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
	if t.scene != nil {
		t.scene.fault(message, details)
		return
	}
	t.Fail()
	writeMessage(t.Output(), message, details)
}

func writeMessage(w io.Writer, message string, details []string) {
	fmt.Fprintln(w, message)
	for _, line := range details {
		fmt.Fprintf(w, "  %s\n", line)
	}
}

// waitForCalls lets the calls that are under way come to their end, so that the
// timeline shows how long they went on.
func (t *T) waitForCalls() {
	for _, s := range t.allScripts() {
		s.waitForCalls()
	}
}

// failOnGoexit makes a failure of the end of the test's goroutine by
// runtime.Goexit in the function under test: the testing package would end the
// whole test run.
func (t *T) failOnGoexit() {
	var meant bool
	t.locked(func() { meant = t.ended || t.stopped })
	if meant {
		return
	}
	t.failWith(describeGoexit(t.allScripts()), nil)
	t.locked(func() { t.ended = true })
	t.T.FailNow()
}

func describeGoexit(scripts []*Script) string {
	function, noun := "the function", "call"
	if len(scripts) > 0 {
		function, noun = scripts[0].function, cmp.Or(scripts[0].noun, noun)
	}
	return fmt.Sprintf("%s didn't return: a %s ended the goroutine that %s was called in; "+
		"start each %s in its own goroutine", function, noun, function, noun)
}

// recoverPanic makes a failure of a panic in the goroutine of the test: the
// testing package would end the whole test run. A panic in another goroutine
// can't be recovered from here, and does end it.
func (t *T) recoverPanic() {
	if p := recover(); p != nil {
		// The moment is not known: goleak has looked since, in fake time.
		t.locked(func() { t.ended = true })
		if _, ok := p.(sceneEnd); ok {
			return
		}
		t.failWith(describePanic(p), nil)
	}
}

// describePanic says where the panic was that is being recovered.
func describePanic(p any) string {
	where := ""
	if frame, ok := learnerFrame(parseGoroutine("running", string(debug.Stack()))); ok {
		where = fmt.Sprintf(" in %s, at %s", frame.function(), frame.position())
	}
	return fmt.Sprintf("panic%s: %v", where, p)
}

// recoverDeadlock makes a failure of the panic by which synctest.Test says
// that all goroutines of the bubble wait, and nothing can wake them.
func (t *T) recoverDeadlock(outer *testing.T) {
	p := recover()
	if p == nil {
		return
	}
	message, exited := describeDeadlock(p)
	outer.Fail()
	var bubble int
	var leaked bool
	t.locked(func() { bubble, leaked = t.bubble, len(t.leaked) > 0 })
	if exited && leaked {
		return // goleak has told it
	}
	writeMessage(outer.Output(), message, append(describeBubble(dump(), bubble), t.describeExits()...))
}

// describeDeadlock says what it means that synctest.Test panicked with p because
// all goroutines of its bubble are blocked, and whether the test itself had come to
// its end by then. Any other panic goes on.
func describeDeadlock(p any) (message string, exited bool) {
	err, ok := p.(error)
	switch {
	case !ok || !strings.HasPrefix(err.Error(), "deadlock:"):
		panic(p)
	case strings.Contains(err.Error(), "main bubble goroutine has exited"):
		return "goroutine leak: these goroutines never finish", true
	}
	return "deadlock: every goroutine is blocked, and nothing can wake any of them", false
}

// currentBubble returns the number of the bubble that the caller runs in.
func currentBubble() int {
	header := make([]byte, 80)
	header = header[:runtime.Stack(header, false)]
	if m := bubbleNumber.FindSubmatch(header); m != nil {
		n, _ := strconv.Atoi(string(m[1])) // digits
		return n
	}
	return 0
}

// Settle returns when every other goroutine of the bubble waits for something,
// or has ended. Unlike synctest.Wait, it counts a wait for a mutex: so a test
// can wait in a callback that is called while a mutex is held.
func (t *T) Settle() {
	busy := func(g goroutine) bool {
		// The header of a goroutine that runs doesn't always name its bubble.
		inside := g.bubble == t.bubble || g.bubble == 0 && g.isLearners()
		return inside && (g.runs() || g.state == "syscall" || strings.HasPrefix(g.state, "GC "))
	}
	for slices.ContainsFunc(parseGoroutines(dump())[1:], busy) { // the caller comes first
		runtime.Gosched()
	}
}

// describeExits names the calls that ended their goroutine. Nothing that waits for it
// shows in a dump why what it waits for has not come.
func (t *T) describeExits() []string {
	var lines []string
	for _, s := range t.allScripts() {
		if gone := s.named(exited); gone != "" {
			lines = append(lines, gone+" called runtime.Goexit, which ends the goroutine: after that only deferred calls run")
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
		if len(s.calls) > 0 { // a lone bar says no more than the message
			fmt.Fprint(outer.Output(), s.timeline(ended))
		}
	}
}
