package rehearsal

import (
	"fmt"
	"os"
	"strings"
	"testing"
	"time"
)

// patience is how long a test may run in real time. A test of this workshop
// takes milliseconds, the longest a tenth of a second; many times that is no
// bound on its speed, but the sign that it never ends.
const patience = 5 * time.Second

// Watch ends the test run if the test has not ended after 5 s of real time, and
// says which test it was and what its goroutines wait for. Bubble calls it; a
// test without a bubble that could hang calls it first.
//
// It does nothing when the run has no timeout (go test -timeout 0, or a
// debugger, which runs the tests without one): somebody may stand at a
// breakpoint.
func Watch(t *testing.T) {
	if _, limited := t.Deadline(); !limited {
		return
	}
	test := t.Name()
	timer := time.AfterFunc(patience, func() {
		message := fmt.Sprintf("--- FAIL: %s\nthe test hangs: it has not ended after %v of real time", test, patience)
		writeMessage(os.Stderr, message, describeHang(dump(true)))
		os.Exit(1)
	})
	t.Cleanup(func() { timer.Stop() })
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
			why = "a goroutine that waits for a mutex stops the fake clock: don't hold a mutex while something is waited for"
		}
	}
	lines := describeAll(hanging)
	if why != "" {
		lines = append(lines, why)
	}
	return lines
}
