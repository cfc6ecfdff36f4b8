package rehearsal

import (
	"fmt"
	"strings"
	"time"
	"unicode/utf8"
)

const (
	columns = 40 // of the bar, for the whole time
	maxRows = 12 // of a timeline; the rest is counted
)

// timeline draws the record of the script; the package comment shows one. If
// the test has come to its end and nobody noted when the function under test
// returned, the moment isn't known, and the function has no row.
func (s *Script) timeline(ended bool) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	rows := s.callEntries()
	if s.returned || !ended {
		rows = append([]entry{s.functionEntry()}, rows...)
	}
	left := max(0, len(rows)-maxRows)
	rows = rows[:len(rows)-left]

	var span time.Duration
	var nameWidth, startWidth, endWidth int
	for i := range rows {
		row := &rows[i]
		row.name, row.note = oneLine(row.name), oneLine(row.note)
		span = max(span, row.start, row.end)
		nameWidth = max(nameWidth, utf8.RuneCountInString(row.name))
		startWidth = max(startWidth, len(row.start.String()))
		endWidth = max(endWidth, len(row.endString()))
	}
	var b strings.Builder
	for _, row := range rows {
		when := fmt.Sprintf("%*v .. %-*s", startWidth, row.start, endWidth, row.endString())
		if row.how == uncalled {
			when = "not called"
		}
		line := fmt.Sprintf("%-*s |%-*s|  %s  %s", nameWidth, row.name, columns, row.bar(span), when, row.note)
		fmt.Fprintln(&b, strings.TrimRight(line, " "))
	}
	if left > 0 {
		fmt.Fprintf(&b, "and %d more\n", left)
	}
	return b.String()
}

// oneLine returns text as it fits into a row.
func oneLine(text string) string {
	text = strings.ReplaceAll(text, "\n", `\n`)
	if runes := []rune(text); len(runes) > columns {
		return string(runes[:columns-3]) + "..."
	}
	return text
}

// functionEntry returns the row of the function under test itself, which has
// not ended if the test came to no method whose name begins with Want.
func (s *Script) functionEntry() entry {
	e := entry{name: s.function, how: running}
	if s.returned {
		e.how, e.end, e.note = s.how, s.elapsed, s.note
	}
	return e
}

// callEntries returns the record in the order of the script, not in that in
// which the goroutines happened to start, and a row for each call that was not
// made.
func (s *Script) callEntries() []entry {
	made := make(map[string][]entry)
	for _, e := range s.record {
		made[e.name] = append(made[e.name], e)
	}
	var rows []entry
	for _, call := range s.calls {
		entries, ok := made[call.Name]
		if !ok {
			entries = []entry{{name: call.Name, how: uncalled}}
		}
		rows = append(rows, entries...)
		made[call.Name] = nil // a name may stand twice: all its rows are here
	}
	return rows
}

// bar draws the call as a part of the whole span, without the empty columns
// behind it.
func (e entry) bar(span time.Duration) string {
	column := func(d time.Duration) int {
		if span == 0 {
			return 0
		}
		return int(columns * float64(d) / float64(span)) // columns * d overflows above 7 years
	}
	start := min(column(e.start), columns-1)
	width := max(0, min(column(e.end), columns)-start) // a call that still runs has no end
	blank := strings.Repeat(" ", start)
	// The mark stands in the column behind the bar, unless that is the edge.
	marked := strings.Repeat("=", min(width, columns-start-1))
	switch e.how {
	case uncalled:
		return ""
	case running:
		return blank + strings.Repeat("=", columns-start-1) + ">"
	case failed:
		return blank + marked + "x"
	case canceled:
		return blank + marked + "!"
	case exited:
		return blank + marked + "/"
	}
	return blank + strings.Repeat("=", max(width, 1))
}

func (e entry) endString() string {
	if e.how == running {
		return "never"
	}
	return e.end.String()
}
