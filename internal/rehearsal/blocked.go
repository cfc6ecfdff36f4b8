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
// unless it waits to send on a channel of theirs.
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
		return "waits to send on a channel, and nobody receives"
	case g.calls("rehearsal.(*Script).perform"), g.callee() != nil && g.state != "chan send":
		return "is in a call that has not ended"
	case g.calls("errgroup.(*Group).Go") && g.state == "chan send":
		return "waits in Group.Go for a free place, and the limit of the group leaves none"
	case g.calls("errgroup.(*Group).done") && g.state == "chan receive":
		return "waits in its Group to give a place back that it never took: call SetLimit before the first Go"
	case g.calls("errgroup.(*Group).Wait"):
		return "waits in Group.Wait for a function that doesn't return"
	}
	switch g.state {
	case "sync.WaitGroup.Wait":
		if !alone {
			return "waits in WaitGroup.Wait for a Done that has not come"
		}
		return "waits in WaitGroup.Wait for a Done that doesn't come, or that goes to a copy of the WaitGroup"
	case "chan send":
		return "waits to send on a channel, and nobody receives"
	case "chan receive":
		return "waits to receive from a channel, and nobody sends on it or closes it"
	case "chan send (nil chan)", "chan receive (nil chan)":
		return "waits for a channel that is nil: nobody has made it"
	case "select", "select (no cases)":
		return "waits in a select, and none of its cases gets ready"
	case "sync.Cond.Wait":
		return "waits in Cond.Wait, and nobody signals"
	case "sync.Mutex.Lock", "sync.RWMutex.Lock", "sync.RWMutex.RLock":
		return "waits for a mutex that is locked"
	case "sleep":
		return "sleeps"
	}
	if g.runs() {
		return "runs on and on, and waits for nothing"
	}
	return "waits: " + g.state
}

// runs reports whether the goroutine waits for nothing but its turn.
func (g goroutine) runs() bool { return g.state == "running" || g.state == "runnable" }
