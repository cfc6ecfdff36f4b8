package rehearsal

import (
	"fmt"
	"os"
	"runtime"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

// patience is how long a test may do nothing that the kit sees, in real time. A
// test of this workshop takes milliseconds, the longest a tenth of a second; many
// times that is no bound on its speed, but the sign that it never ends.
const patience = 5 * time.Second

// steps counts what the kit sees of a test's progress: calls that begin or end.
// A test that goes on is not ended, however slow the machine is.
var steps atomic.Int64

// tooManySteps is more than ten times as many as any test of this workshop makes.
const tooManySteps = 1_000_000

// tooMany is how many goroutines there may be: ten times as many as any test of
// this workshop needs.
const tooMany = 20_000

// Watch ends the test run if the test makes no progress for 5 s of real time, or
// progress without end. It says which test it was and what its goroutines wait
// for. Bubble calls it; a test without a bubble that could hang calls it first.
//
// It does nothing when the run has no timeout (go test -timeout 0, or a
// debugger, which runs the tests without one): somebody may stand at a
// breakpoint.
func Watch(t *testing.T) {
	if _, limited := t.Deadline(); !limited {
		return
	}
	ended, gone := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(gone)
		look(t.Name(), ended)
	}()
	t.Cleanup(func() {
		close(ended)
		<-gone
	})
}

// look looks at a test until it has ended. It ends the run if the test stands
// still, or if it makes calls or starts goroutines without end: after 5 s there
// would be so many that to tell of them takes a minute, and all of the memory.
func look(test string, ended <-chan struct{}) {
	begin := steps.Load()
	before := begin
	hangs := time.NewTimer(patience)
	defer hangs.Stop()
	often := time.NewTicker(50 * time.Millisecond)
	defer often.Stop()
	for {
		select {
		case <-ended:
			return
		case <-hangs.C:
			endRun(test, fmt.Sprintf("the test hangs: it has not ended after %v of real time", patience), describeHang(dump(true)))
		case <-often.C:
			now := steps.Load()
			if now != before {
				before = now
				hangs.Reset(patience)
			}
			if now-begin > tooManySteps {
				endRun(test, "the test hangs: it has seen a million calls begin or end, and they go on", describeCallers(dump(true)))
			}
			if n := runtime.NumGoroutine(); n > tooMany {
				endRun(test, fmt.Sprintf("the test has started more than %d goroutines, and they go on", tooMany), describeSome())
			}
		}
	}
}

func endRun(test, message string, details []string) {
	writeMessage(os.Stderr, "--- FAIL: "+test+"\n"+message, details)
	os.Exit(1)
}

// describeCallers says where the exercise makes calls without end.
func describeCallers(dump string) []string {
	var lines []string
	for _, g := range parseGoroutines(dump) {
		if f, ok := learnerFrame(g); ok && (g.calls("rehearsal.(*Script).perform") || g.runs()) {
			lines = append(lines, fmt.Sprintf("%s calls on and on, at %s: does a loop never end?", f.function(), f.position()))
		}
	}
	slices.Sort(lines)
	return slices.Compact(lines)
}

// describeSome describes the goroutines that a short dump has room for, without
// their number, which would be that of the dump.
func describeSome() []string {
	short := make([]byte, 1<<16)
	short = short[:runtime.Stack(short, true)]
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
		if g.bubble != newest || !g.isLearners() {
			continue
		}
		hanging = append(hanging, g)
		switch {
		case g.bubble == 0:
			// a test without fake time
		case g.state == "sync.WaitGroup.Wait" && !g.durable:
			why = "a WaitGroup or Group that is a variable of the package stops the fake clock: make a new one in each call"
		case strings.HasSuffix(g.state, "Mutex.Lock"):
			why = "a goroutine that waits for a mutex stops the fake clock: don't hold a mutex while something is waited for, unlock it on every way out, and mind that a sync.Once holds one while its function runs"
		}
	}
	lines := describeAll(hanging)
	if why != "" {
		lines = append([]string{why}, lines...)
	}
	return lines
}
