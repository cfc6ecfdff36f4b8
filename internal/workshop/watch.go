package main

import (
	"context"
	"fmt"
	"maps"
	"os"
	"path"
	"slices"
	"strings"
	"time"

	"example.com/errgroup-workshop/internal/guide"
)

// pollEvery is the time between two looks at the files. Looking works on every
// file system, where being told does not (WSL, containers, networks).
const pollEvery = 200 * time.Millisecond

const keys = "r run again   h hint   c compare   n next exercise   d whole output   q quit   (each with Enter)"

// A watcher is one run of the command watch.
type watcher struct {
	*app
	exercise guide.Exercise
	stamps   map[string]stamp

	saved    guide.Part // what was saved last; the zero Part if nothing was
	last     suite      // the last run that came to its end
	verdicts []verdict  // of last

	cancel context.CancelFunc // ends the run under way
	done   chan outcome       // its outcome; nil if there is none
}

type outcome struct {
	suite suite
	err   error
}

// watch runs the tests of an exercise at each save, until a learner quits.
func (a *app) watch(ctx context.Context, args []string) error {
	w := &watcher{app: a}
	var err error
	if len(args) > 0 {
		w.exercise, err = a.repo.exercise(args[0])
		args = args[1:]
	} else {
		var p guide.Part
		if p, err = a.current(ctx); err == nil {
			w.exercise = a.exerciseOf(p)
		}
	}
	if err != nil {
		return err
	}
	if err := noMore(args); err != nil {
		return err
	}
	a.raceFlag()
	defer w.stop()
	w.stamps = w.look()
	w.start(ctx)
	poll := time.NewTicker(pollEvery)
	defer poll.Stop()
	for {
		select {
		case <-ctx.Done():
			return nil
		case line, ok := <-a.lines:
			if !ok || line == "q" {
				return nil
			}
			if err := w.press(ctx, line); err != nil {
				return err
			}
		case <-poll.C:
			if w.changed() {
				w.start(ctx)
			}
		case o := <-w.done:
			w.done = nil
			w.cancel()
			switch {
			case o.err != nil:
				return o.err
			case w.changed():
				// What was tested is no longer what is there. Some editors
				// save in several steps, and a run begins at the first.
				w.start(ctx)
			default:
				w.show(o.suite)
			}
		}
	}
}

// start begins a run. It ends the one under way, which a newer save has
// overtaken.
func (w *watcher) start(ctx context.Context, flags ...string) {
	w.stop()
	w.out.clear()
	w.out.printf("%s: running ...\n", w.exercise.Name)
	ctx, w.cancel = context.WithCancel(ctx)
	done := make(chan outcome, 1)
	w.done = done
	exercise := w.exercise
	go func() {
		suites, err := w.test(ctx, flags, nil, exercise)
		if err != nil {
			done <- outcome{err: err}
			return
		}
		done <- outcome{suite: suites[0]}
	}()
}

// stop ends the run under way, if there is one, and returns when it has left no
// process behind.
func (w *watcher) stop() {
	if w.done == nil {
		return
	}
	w.cancel()
	<-w.done
	w.done = nil
}

// press does what a key stands for.
func (w *watcher) press(ctx context.Context, key string) error {
	var err error
	switch key {
	case "":
	case "r":
		w.start(ctx, "-count=1")
		return nil
	case "h":
		if p, ok := w.part(); ok {
			err = w.showHint(p, 0)
		}
	case "c":
		p, ok := w.saved, w.saved.File != ""
		if !ok {
			p, ok = w.part()
		}
		if ok {
			w.stop()
			err = w.showComparison(ctx, p, false)
		}
	case "d":
		w.out.printf("%s\n", strings.TrimRight(w.last.output(), "\n"))
	case "n":
		i := slices.IndexFunc(w.repo.Exercises, func(e guide.Exercise) bool { return e.Name == w.exercise.Name })
		if i+1 == len(w.repo.Exercises) {
			w.out.printf("%s is the last exercise.\n", w.exercise.Name)
			break
		}
		w.exercise, w.saved = w.repo.Exercises[i+1], guide.Part{}
		w.stamps = w.look()
		w.start(ctx)
		return nil
	default:
		w.out.printf("%q is no key.\n", key)
	}
	if err == nil {
		w.out.printf("\n%s\n", keys)
	}
	return err
}

// firstOpen returns the part to work on: what was saved last, if it doesn't
// pass, or else the first that doesn't.
func (w *watcher) firstOpen() (verdict, bool) {
	for _, v := range w.verdicts {
		if v.File == w.saved.File && v.open() {
			return v, true
		}
	}
	return firstOpen(w.verdicts)
}

// part returns the part that the key h is about, and c as long as nothing was
// saved: the one to work on, or the last that is solved.
func (w *watcher) part() (guide.Part, bool) {
	if len(w.verdicts) == 0 {
		w.out.printf("The tests have not ended yet.\n")
		return guide.Part{}, false
	}
	if v, ok := w.firstOpen(); ok {
		return v.Part, true
	}
	for _, v := range slices.Backward(w.verdicts) {
		if v.state == solved {
			return v.Part, true
		}
	}
	return w.exercise.Parts[0], true
}

// show prints what a run said: the first failing test in full, the others in a
// line each.
func (w *watcher) show(s suite) {
	w.last, w.verdicts = s, s.verdicts()
	w.memory.learn(w.verdicts)
	w.out.clear()
	first, open := w.firstOpen()
	for _, v := range w.verdicts {
		w.out.printf("%s\n", w.describe(v, s))
	}
	w.out.printf("%s: %s\n", s.Name, progress(w.verdicts))
	if open {
		w.out.printf("\n")
		w.showFirst(first, s)
	}
	if s.ended != nil {
		w.out.printf("\n%v\n", s.ended)
	}
	if !open {
		w.out.printf("\nAll parts pass. Compare with the solutions (c), read the questions in WORKSHOP.md, or go on (n).\n")
	}
	w.out.printf("\n%s\n", keys)
}

// showFirst prints the first failure, and below it the other failing tests of
// its part. Those of other parts, which may not have begun, are counted: the
// first failure has to stay in view.
func (w *watcher) showFirst(first verdict, s suite) {
	var text string
	cut := false
	switch {
	case first.state == broken:
		text = compileErrors(s.Output)
	case first.state == failed:
		text, cut = explain(s.Tests[first.test], w.exercise, w.repo.Meanings)
		text = w.out.bold(strings.ReplaceAll(first.test, "_", " ")) + "\n" + text
	default:
		text, cut = explain(s.Output, w.exercise, w.repo.Meanings)
	}
	w.out.printf("%s\n", text)
	if cut {
		w.out.printf("d shows the whole output.\n")
	}
	others := 0
	for _, test := range s.Failures() {
		switch {
		case test == first.test:
		case test == first.Test || strings.HasPrefix(test, first.Test+"/"):
			w.out.printf("%s\n", w.out.red("also fails: ")+strings.ReplaceAll(test, "_", " "))
		default:
			others++
		}
	}
	if others > 0 {
		w.out.printf("%s\n", w.out.red("also fails: ")+fmt.Sprintf("%d tests of other parts", others))
	}
	w.out.printf("\n%s\n", w.typed(first.Part))
}

// output returns all that a run printed.
func (s suite) output() string {
	if s.Result == nil {
		return "The tests have not ended yet."
	}
	return s.Output
}

// A stamp is by what a change of a file is seen.
type stamp struct {
	time int64 // of the last change, in nanoseconds
	size int64
}

// look returns the stamps of the exercise's Go files.
func (w *watcher) look() map[string]stamp {
	stamps := make(map[string]stamp)
	// A folder that can't be read for a moment has no files for a moment.
	entries, _ := os.ReadDir(w.repo.path(w.exercise.Name))
	for _, entry := range entries {
		info, err := entry.Info()
		if err == nil && strings.HasSuffix(entry.Name(), ".go") {
			stamps[entry.Name()] = stamp{info.ModTime().UnixNano(), info.Size()}
		}
	}
	return stamps
}

// changed reports whether a file has changed since it was last called.
func (w *watcher) changed() bool {
	now := w.look()
	changed := !maps.Equal(now, w.stamps)
	for _, p := range w.exercise.Parts {
		if name := path.Base(p.File); now[name] != w.stamps[name] {
			w.saved = p
		}
	}
	w.stamps = now
	return changed
}
