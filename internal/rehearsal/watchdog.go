package rehearsal

import (
	"bytes"
	"fmt"
	"os"
	"runtime"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

// pollInterval is how often the watchdog looks, and hangPolls how often it must
// have looked without seeing progress until it says that the test hangs. It
// counts its own looks and not the time: a process that doesn't run, because
// the laptop sleeps or somebody pressed Ctrl-Z, doesn't look either.
//
// The environment variable REHEARSAL_POLLS says another number of looks: there is no
// use in waiting long for code that is known to hang.
const (
	pollInterval = 50 * time.Millisecond
	hangPolls    = 100
)

// steps counts what the kit sees of a test's progress: calls that begin or end.
// A test that goes on is not ended, however slow the machine is.
var steps atomic.Int64

// sceneBegin is what steps was when the last random scene began.
var sceneBegin atomic.Int64

// tooManySteps is more than ten times as many as any test or scene of this workshop
// makes.
const tooManySteps = 1_000_000

// maxGoroutines is how many goroutines there may be: ten times as many as any test of
// this workshop needs.
const maxGoroutines = 20_000

// Watch ends the test run if the test makes no progress in 5 s of real time in
// which the process runs, or progress without end. It says which test it was and
// what its goroutines wait for. Bubble calls it; a test without a bubble that could
// hang calls it first.
//
// It does nothing when the run has no timeout (go test -timeout 0, or a
// debugger, which runs the tests without one): somebody may stand at a
// breakpoint.
func Watch(t *testing.T) {
	if _, limited := t.Deadline(); !limited {
		return
	}
	patience := setting(t, "REHEARSAL_POLLS", hangPolls)
	ended, gone := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(gone)
		watch(t.Name(), patience, ended)
	}()
	t.Cleanup(func() {
		close(ended)
		<-gone
	})
}

// watch looks at a test until it has ended. It ends the run if the test stands
// still, or if it makes calls or starts goroutines without end: after 5 s there
// would be so many that to tell of them takes a minute, and all of the memory.
func watch(test string, patience int, ended <-chan struct{}) {
	begin := steps.Load()
	before, polls := begin, 0
	poll := time.NewTicker(pollInterval)
	defer poll.Stop()
	for {
		select {
		case <-ended:
			return
		case <-poll.C:
		}
		now := steps.Load()
		polls++
		if now != before {
			before, polls = now, 0
		}
		switch n := runtime.NumGoroutine(); {
		case polls >= patience:
			endRun(test, fmt.Sprintf("the test hangs: nothing has happened in %v of real time", time.Duration(patience)*pollInterval), describeHang(dump()))
		case now-max(begin, sceneBegin.Load()) > tooManySteps:
			endRun(test, "the test never ends: a million calls have begun or ended so far, and more keep coming", describeCallers(dump()))
		case n > maxGoroutines:
			endRun(test, fmt.Sprintf("the test has started more than %d goroutines, and keeps starting more", maxGoroutines), describeSample())
		}
	}
}

func endRun(test, message string, details []string) {
	writeMessage(stderr, "--- FAIL: "+test+"\n"+message, details)
	if s := playing.Load(); s != nil {
		writeMessage(stderr, "it was seen in this random scene:", s.describe())
	}
	os.Exit(1)
}

// describeCallers says where the exercise makes calls without end.
func describeCallers(dump string) []string {
	var lines []string
	for _, g := range parseGoroutines(dump) {
		if f, ok := learnerFrame(g); ok && (g.calls("rehearsal.(*Script).perform") || g.runs()) {
			lines = append(lines, fmt.Sprintf("%s calls again and again, at %s: does a loop never end?", f.function(), f.position()))
		}
	}
	slices.Sort(lines)
	return slices.Compact(lines)
}

// describeSample describes the goroutines that a short dump has room for, without
// their number, which would be that of the dump.
func describeSample() []string {
	short := make([]byte, 1<<16)
	short = short[:runtime.Stack(short, true)]
	short = short[:max(0, bytes.LastIndex(short, []byte("\n\n")))] // without one that has been cut off
	var lines []string
	for _, g := range parseGoroutines(string(short)) {
		if g.isLearners() {
			lines = append(lines, g.describe(false))
		}
	}
	slices.Sort(lines)
	return append(slices.Compact(lines), "does a function call itself, or a loop start goroutines and never end?")
}

// describeHang says which goroutines of the exercise keep a test from ending,
// and why the fake clock stands still.
func describeHang(dump string) []string {
	all := parseGoroutines(dump)
	newest := 0 // older bubbles hold what failed tests left
	for _, g := range all {
		newest = max(newest, g.bubble)
	}
	var hanging []goroutine
	why := ""
	for _, g := range all {
		// The header of a goroutine that runs doesn't always name its bubble.
		if !g.isLearners() || g.bubble != newest && !(g.bubble == 0 && g.runs()) {
			continue
		}
		hanging = append(hanging, g)
		switch {
		case g.bubble == 0:
			// a test without fake time, or a goroutine that spins
		case g.state == "sync.WaitGroup.Wait" && !g.durable:
			why = "a WaitGroup or Group that is a package variable stops the fake clock: make a new one in each call"
		case strings.HasSuffix(g.state, "Lock"): // sync.Mutex.Lock, sync.RWMutex.RLock
			why = "this would work with a real clock, with the calls one after another; the tests' clock stops while a goroutine waits for a mutex: don't hold a mutex while something is waited for, unlock it on every way out, and mind that a sync.Once holds one while its function runs"
		}
	}
	lines := describeAll(hanging)
	if why != "" {
		lines = append([]string{why}, lines...)
	}
	return lines
}
