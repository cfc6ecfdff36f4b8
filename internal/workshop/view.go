package main

import (
	"fmt"
	"math"
	"strings"

	"example.com/errgroup-workshop/internal/guide"
)

// fill joins items to a line that breaks between them alone.
func fill(items ...string) string {
	return strings.NewReplacer(" ", unbroken, "\n", "  ").Replace(strings.Join(items, "\n"))
}

// keys returns the line about the keys.
func (w *watcher) keys(more ...string) string {
	keys := append(more, "n next part", "h hint", "c compare", "r run again", "d whole output", "q quit")
	if !w.out.isRaw() {
		keys = append(keys, "(then Enter)")
	}
	return fill(keys...)
}

// head returns the line that says where the learner is.
func (w *watcher) head(v verdict) string {
	items := []string{w.out.bold(v.Title)}
	if v.steps > 0 {
		items = append(items, w.out.bar(v.passed, v.steps), fmt.Sprintf("%d of %d steps", v.passed, v.steps))
	}
	return fill(append(items, "edit "+v.File, fmt.Sprintf("hints %d of %d", w.seen(v.Part), len(v.Hints)))...)
}

// list returns a line about all parts of the exercise.
func (w *watcher) list() string {
	items := []string{w.last.Name + ": " + progress(*w.last)}
	for _, v := range w.last.verdicts {
		if v.known() != unbegun {
			items = append(items, w.mark(v, 0)+" "+strings.TrimSuffix(v.Title, " (extra)"))
		}
	}
	if !w.raceWorks {
		items = append(items, "without the race detector (go tool workshop doctor says why)")
	}
	return fill(items...)
}

// draw shows what the last run said about the part that the learner works on.
// What there is to read is whole on the screen: the rest gives way to it.
func (w *watcher) draw() {
	v := w.last.verdictOf(w.part)
	body, command := "", ""
	switch {
	case v.state == broken:
		body = goErrors(w.last.Output)
	case v.open():
		body = w.failure(v)
		command = "\n\n" + w.typed(v.Part)
	default:
		body = w.passed(v)
	}
	if w.last.troubled() && v.state != broken {
		body = strings.TrimLeft(body+"\n\n"+w.out.red("FAIL ")+w.last.trouble(), "\n")
	}
	width, height := w.out.size()
	if height == 0 {
		height = math.MaxInt32
	}
	head, list, keys := w.head(v), "\n"+w.list(), "\n\n"+w.keys()
	room := func() int {
		text := wrap(head+list+"\n\n"+command+keys, width)
		return height - 1 - strings.Count(text, "\n") // a line stays free for what runs next
	}
	lines := strings.Split(wrap(body, width), "\n")
	for _, less := range []*string{&command, &list} {
		if len(lines) > room() {
			*less = ""
		}
	}
	if n := max(2, room()); len(lines) > n {
		lines = append(lines[:n-1], fmt.Sprintf("... and %d more lines: d shows them", len(lines)-n+1))
	}
	w.out.clear()
	w.out.printf("%s%s\n\n%s%s%s\n", head, list, strings.Join(lines, "\n"), command, keys)
}

// failure returns the first failure of a part.
func (w *watcher) failure(v verdict) string {
	test := v.test
	if failures := w.last.Failures(); v.state == notRun && len(failures) > 0 {
		test = failures[len(failures)-1] // which ended the run
	}
	switch {
	case v.state == missing:
		return fmt.Sprintf("%s: git restore %s/*_test.go", v.state, v.Exercise)
	case test == "": // the trouble of the exercise says why
		return ""
	}
	text := explain(w.last.Tests[test], w.exercise, w.repo.Meanings)
	// A crash, and the tests' own watchdog, have said more.
	if w.last.Unfinished(test) && !crash.MatchString(w.last.Output) && !strings.Contains(w.last.Output, "--- FAIL: "+test) {
		text = strings.TrimLeft(text+"\nThe program ended in the middle of this test. "+
			"Does it call os.Exit or log.Fatal? Return an error instead.", "\n")
	}
	return w.out.bold(strings.ReplaceAll(test, "_", " ")) + "\n" + text
}

// passed returns what to read when a part passes: what to do now. The next
// failure is shown once the learner goes on.
func (w *watcher) passed(v verdict) string {
	if v.state == unbegun {
		return fmt.Sprintf("%s is an extra. To begin, set its constant in %s to true.", v.Title, guide.ExtrasFile)
	}
	text := w.out.green(v.Title+" passes.") + "\n\n"
	if v.Then != "" {
		text += v.Then + "\n\n"
	}
	_, next := w.next()
	return text + "c  compare your answer with ours\n\n" + next
}

// showError prints why there is no result. What can be mended starts a run again.
func (w *watcher) showError(err error) {
	w.out.clear()
	w.out.printf("%s: %v\n\n%s\n", w.exercise.Name, err, w.keys())
}
