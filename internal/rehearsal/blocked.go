package rehearsal

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
)

// describeBubble describes the goroutines of a bubble, given a dump of all.
func describeBubble(dump string, bubble int) []string {
	var inside []goroutine
	for _, g := range parseGoroutines(dump) {
		// Neither the goroutine that waits for the bubble, nor the one that waits
		// for the acts of a scene.
		if g.bubble == bubble && !g.calls("synctest.testingSynctestTest") && !g.calls("rehearsal.(*Scene).perform") {
			inside = append(inside, g)
		}
	}
	return describeAll(inside)
}

// leakedInBubble returns the goroutines of the exercise in the bubble of the
// goroutine that wrote the dump, which stands first in it.
func leakedInBubble(dump string) (leaked []goroutine) {
	all := parseGoroutines(dump)
	for _, g := range all[1:] {
		if g.bubble == all[0].bubble && g.isLearners() {
			leaked = append(leaked, g)
		}
	}
	return leaked
}

// goleakHeader begins a goroutine in an error of goleak. See the String method
// in goleak's internal/stack/stacks.go.
var goleakHeader = regexp.MustCompile(`\[?Goroutine \d+ in state (.*), with .* on top of the stack:\n`)

// leakedGoroutines returns the goroutines that an error of goleak lists, and
// none for any other error.
func leakedGoroutines(err error) []goroutine {
	report, ok := strings.CutPrefix(err.Error(), "found unexpected goroutines:\n")
	if !ok {
		return nil
	}
	var leaked []goroutine
	headers := goleakHeader.FindAllStringSubmatchIndex(report, -1)
	for i, at := range headers {
		end := len(report)
		if i+1 < len(headers) {
			end = headers[i+1][0]
		}
		leaked = append(leaked, parseGoroutine(report[at[2]:at[3]], report[at[1]:end]))
	}
	return leaked
}

// describeAll describes goroutines, those that do the same in one line.
func describeAll(goroutines []goroutine) []string {
	times := make(map[string]int)
	for _, g := range goroutines {
		times[g.describe(len(goroutines) == 1)]++
	}
	lines := slices.Sorted(maps.Keys(times))
	for i, line := range lines {
		if n := times[line]; n > 1 {
			lines[i] = fmt.Sprintf("%s (%d goroutines)", line, n)
		}
	}
	return lines
}

// describe says who the goroutine is, where it stands and what it waits for. If
// it is alone, there is no other that it could wait for.
func (g goroutine) describe(alone bool) string {
	f, ok := learnerFrame(g)
	waits := g.waitsFor(alone)
	isTest := g.calls("testing.tRunner") || g.calls("rehearsal.(*Act).play")
	switch {
	case ok && isTest:
		return fmt.Sprintf("%s, at %s, %s", f.function(), f.position(), waits)
	case ok:
		return fmt.Sprintf("a goroutine of %s, at %s, %s", f.function(), f.position(), waits)
	case g.createdBy.isLearners():
		return fmt.Sprintf("a goroutine that %s started at %s %s", g.createdBy.function(), g.createdBy.position(), waits)
	case isTest:
		return "the test " + waits
	case g.callee() != nil:
		return fmt.Sprintf("a goroutine in %s %s", g.callee().function(), waits)
	case len(g.frames) > 0:
		return fmt.Sprintf("a goroutine in %s %s", g.frames[len(g.frames)-1].function(), waits)
	}
	return "a goroutine " + waits
}

// callee returns the frame of a function that the test gave to the exercise, if
// the goroutine is in one: what it does there is none of the learner's doing,
// unless it is blocked sending on a channel of theirs.
func (g goroutine) callee() *frame {
	for _, f := range g.frames {
		switch {
		case f.isLearners() || strings.HasPrefix(f.function(), "Test"):
			return nil
		case strings.HasSuffix(f.file, "_test.go"):
			return &f
		}
	}
	return nil
}

// waitsFor says what the goroutine waits for, in words that follow its name.
func (g goroutine) waitsFor(alone bool) string {
	switch {
	case g.calls("rehearsal.(*Script).handOver") && g.state != "sleep":
		return "is blocked sending on a channel: nobody receives"
	case g.calls("rehearsal.(*Script).perform"), g.callee() != nil && g.state != "chan send":
		return "is in a call that has not ended"
	case g.calls("errgroup.(*Group).Go") && g.state == "chan send":
		return "is blocked in Group.Go: the group's limit leaves no free slot"
	case g.calls("errgroup.(*Group).done") && g.state == "chan receive":
		return "is blocked releasing a slot that it never acquired: call SetLimit before the first Go"
	case g.calls("errgroup.(*Group).Wait"):
		return "is blocked in Group.Wait: a function doesn't return"
	}
	switch g.state {
	case "sync.WaitGroup.Wait":
		if !alone {
			return "is blocked in WaitGroup.Wait: a Done has not been called yet"
		}
		return "is blocked in WaitGroup.Wait: a Done is missing, or was called on a copy of the WaitGroup"
	case "chan send":
		return "is blocked sending on a channel: nobody receives"
	case "chan receive":
		return "is blocked receiving from a channel: nobody sends on it or closes it"
	case "chan send (nil chan)", "chan receive (nil chan)":
		return "is blocked on a nil channel: it was never made"
	case "select", "select (no cases)":
		return "is blocked in a select: none of its cases can become ready"
	case "sync.Cond.Wait":
		return "is blocked in Cond.Wait: nobody signals"
	case "sync.Mutex.Lock", "sync.RWMutex.Lock", "sync.RWMutex.RLock":
		return "is blocked on a mutex that is locked"
	case "sleep":
		return "sleeps"
	}
	if g.runs() {
		return "is still running, and never blocks"
	}
	return "is blocked: " + g.state
}

// runs reports whether the goroutine waits for nothing but its turn.
func (g goroutine) runs() bool { return g.state == "running" || g.state == "runnable" }
