package rehearsal

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing/synctest"
	"time"
)

// WantElapsed fails the test unless the function under test has returned
// exactly want after the script began. The reason says where want comes from:
// "the time of the slowest fetch".
//
// Call it, like every method whose name begins with Want, right after the
// function has returned; the first one notes when that was. They end the test at
// the first fault that they find, so that a learner reads about one at a time.
func (s *Script) WantElapsed(want time.Duration, reason string) {
	s.t.Helper()
	s.Returned()
	if s.elapsed != want {
		// What begins or ends in the same instant has done so when we look. Not
		// before the comparison: Wait would hide a data race with the function.
		synctest.Wait()
		s.t.Fatalf("%s returned after %v; want %v, %s%s", s.function, s.elapsed, want, reason, s.diagnosis(want))
	}
}

// diagnosis says what, by the record, made the function return at another time
// than want.
func (s *Script) diagnosis(want time.Duration) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	switch {
	case len(s.record) == 0 && len(s.calls) == 1:
		return fmt.Sprintf(": the %s was never called; call it, and wait for its answer", s.noun)
	case len(s.record) == 0 && len(s.calls) > 1:
		return fmt.Sprintf(": no %s was called; call every %s, and wait for all of them", s.noun, s.noun)
	case s.elapsed < want && s.left > 0:
		underWay := func(e entry) bool { return e.how == running || e.how != uncalled && e.end > s.elapsed }
		return fmt.Sprintf(": it didn't wait for %s", s.namedWhere(underWay))
	case s.elapsed > want && s.maxInFlight == 1 && len(s.record) > 1 && !s.inTurn:
		return fmt.Sprintf(": the %s ran one after another", plural(s.noun))
	case s.elapsed > want:
		return s.diagnoseLate(want)
	}
	if missed := s.named(uncalled); s.elapsed < want && missed != "" && !s.inTurn {
		return ": it never called " + missed
	}
	return ""
}

func (s *Script) diagnoseLate(want time.Duration) string {
	var last time.Duration
	for _, e := range s.record {
		if e.how != running && e.end == s.elapsed {
			help := fmt.Sprintf(": it waited for the %s %q, which ran from %v to %v", s.noun, e.name, e.start, e.end)
			if e.uncanceled {
				help += ", and whose context was never canceled"
			}
			return help
		}
		last = max(last, e.end)
	}
	if last == want && s.inFlight == 0 {
		return fmt.Sprintf(": the last %s ended at %v; return as soon as that has ended", s.noun, last)
	}
	return ""
}

// WantAllAtOnce fails the test unless all calls have been made once, at the very
// start.
func (s *Script) WantAllAtOnce() {
	s.t.Helper()
	s.WantEachCalledOnce()
	for _, m := range s.Made() {
		if m.Start > 0 {
			s.t.Fatalf("%s called the %s %q after %v; want all of them at once, without waiting for another", s.function, s.noun, m.Name, m.Start)
		}
	}
}

// WantEachCalledOnce fails the test unless every call of the script has been
// made exactly once.
func (s *Script) WantEachCalledOnce() {
	s.t.Helper()
	s.Returned()
	s.mu.Lock()
	defer s.mu.Unlock()
	made := make(map[string]int)
	for _, e := range s.record {
		made[e.name]++
	}
	for _, call := range s.calls {
		n, want := made[call.Name], len(s.byName[call.Name])
		switch {
		case n == want:
		case want == 1:
			s.t.Fatalf("%s called the %s %q %s; want once", s.function, s.noun, call.Name, times(n))
		default:
			s.t.Fatalf("%s called the %s %q %s; want %s, as often as its key occurs in keys", s.function, s.noun, call.Name, times(n), times(want))
		}
	}
}

// WantNoCall fails the test if a call has been made. The reason says why none
// should have been: "the context was already done".
func (s *Script) WantNoCall(reason string) {
	s.t.Helper()
	s.Returned()
	s.mu.Lock()
	defer s.mu.Unlock()
	if n := len(s.record); n > 0 {
		s.t.Fatalf("%s called %s; want no call, because %s", s.function, count(n, s.noun), reason)
	}
}

// WantInFlight fails the test unless the largest number of calls that ran at
// the same time is want.
func (s *Script) WantInFlight(want int) {
	s.t.Helper()
	s.Returned()
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.record) == 0 {
		s.t.Fatalf("%s called no %s; want %d at a time: call every %s, and wait for all of them", s.function, s.noun, want, s.noun)
	}
	if s.maxInFlight != want {
		s.t.Fatalf("%s ran at most %s at a time; want %d", s.function, count(s.maxInFlight, s.noun), want)
	}
}

// WantAtMost fails the test if more calls than limit ran at the same time.
func (s *Script) WantAtMost(limit int) {
	s.t.Helper()
	s.Returned()
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.maxInFlight > limit {
		s.t.Fatalf("%s ran %s at a time; want at most %d", s.function, count(s.maxInFlight, s.noun), limit)
	}
}

// WantNoPlaceIdle fails the test unless, with limit places for calls, as many
// started at once, and one more whenever another one ended, until none was left to
// start. The order in which they start is open.
func (s *Script) WantNoPlaceIdle(limit int) {
	s.t.Helper()
	s.Returned()
	s.mu.Lock()
	defer s.mu.Unlock()
	var starts, ends []time.Duration
	for _, e := range s.record {
		starts = append(starts, e.start)
		if e.how != running {
			ends = append(ends, e.end)
		}
	}
	slices.Sort(starts)
	slices.Sort(ends)
	for i := range min(len(starts), limit+len(ends)) {
		free := time.Duration(0)
		if i >= limit {
			free = ends[i-limit]
		}
		if starts[i] != free {
			s.t.Fatalf("%s left a slot idle from %v to %v; want the next %s to start as soon as one ends", s.function, free, starts[i], s.noun)
		}
	}
}

// named names the calls that ended like this, in the order of the script, the
// first three of them: `2 fetches ("a", "b")`. It returns "" if there are none.
func (s *Script) named(how ending) string {
	return s.namedWhere(func(e entry) bool { return e.how == how })
}

func (s *Script) namedWhere(is func(e entry) bool) string {
	var names []string
	for _, e := range s.callEntries() {
		if is(e) {
			names = append(names, strconv.Quote(e.name))
		}
	}
	if len(names) == 0 {
		return ""
	}
	calls := count(len(names), s.noun)
	if len(names) > 3 {
		names = append(names[:3], "...")
	}
	return fmt.Sprintf("%s (%s)", calls, strings.Join(names, ", "))
}

// count returns "1 fetch", "2 fetches".
func count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %s", n, plural(noun))
}

// times returns "once", "2 times".
func times(n int) string {
	if n == 1 {
		return "once"
	}
	return fmt.Sprintf("%d times", n)
}

func plural(noun string) string {
	if strings.HasSuffix(noun, "ch") {
		return noun + "es"
	}
	return noun + "s"
}
