package main

import (
	"context"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"runtime/debug"
	"slices"
	"strings"
	"time"

	"example.com/errgroup-workshop/internal/guide"
)

// pollEvery is the time between two looks at the files. Looking works on every
// file system, where being told does not (WSL, containers, networks).
const pollEvery = 100 * time.Millisecond

// A watcher is one run of the command watch.
type watcher struct {
	*app
	exercise guide.Exercise
	part     guide.Part // that the learner works on; the zero Part before the first run
	stamps   map[string]stamp
	last     *suite // the last run that came to its end; nil before

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
	} else if w.part, err = a.current(ctx); err == nil {
		w.exercise = a.exerciseOf(w.part)
	}
	if err != nil {
		return err
	}
	if err := noMore(args); err != nil {
		return err
	}
	a.silent = true // the screen says what the tests run with
	w.out.raw()
	defer w.out.cooked()
	defer w.stop()
	w.stamps = w.look()
	w.start(ctx)
	poll := time.NewTicker(pollEvery)
	defer poll.Stop()
	for {
		select {
		case <-ctx.Done():
			return nil
		case key, ok := <-w.out.key():
			switch {
			case !ok:
				w.out.printf("\nwatch ends, because standard input has ended, from which it reads its keys\n")
				return nil
			case key == "q" || key == ctrlC:
				return nil
			}
			if err := w.press(ctx, key); err != nil {
				w.showError(err)
			}
		case <-poll.C:
			if w.changed() {
				w.start(ctx)
			}
		case o := <-w.done:
			w.done = nil
			w.cancel()
			switch {
			case w.changed():
				// What was tested is no longer what is there. Some editors
				// save in several steps, and a run begins at the first.
				w.start(ctx)
			case o.err != nil && ctx.Err() == nil:
				w.showError(o.err)
			case o.err == nil:
				w.show(o.suite)
			}
		}
	}
}

// start begins a run. It ends the one under way, which a newer save has
// overtaken.
func (w *watcher) start(ctx context.Context, flags ...string) {
	w.stop()
	w.out.printf("%s: running ...%s", w.exercise.Name, w.out.lineEnd())
	if !w.raceKnown && w.memory.get(raceOf) == "" {
		w.out.printf("%s", raceComing)
	}
	ctx, w.cancel = context.WithCancel(ctx)
	done := make(chan outcome, 1)
	w.done = done
	exercise := w.exercise
	go func() {
		defer func() {
			if p := recover(); p != nil { // in this goroutine it would leave the terminal raw
				done <- outcome{err: fmt.Errorf("panic: %v\n%s", p, debug.Stack())}
			}
		}()
		suites, err := w.test(ctx, flags, exercise)
		if err == nil {
			err = w.runAlone(ctx, suites, flags, leaks)
		}
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

// press does what a key is for.
func (w *watcher) press(ctx context.Context, key string) error {
	switch key {
	case "r":
		w.start(ctx, "-count=1")
		return nil
	case ctrlZ:
		w.out.stop()
	}
	if w.last == nil {
		w.out.printf("The tests have not ended yet.\n")
		return nil
	}
	switch key {
	case "", ctrlZ:
		w.draw()
	case "h":
		w.out.clear()
		w.out.printf("%s\n\n", w.head(w.last.verdictOf(w.part)))
		if err := w.showHint(w.part, 0); err != nil {
			return err
		}
		w.out.printf("%s\n", w.keys("Enter back"))
	case "c":
		w.out.clear()
		if err := w.showComparison(ctx, w.last.verdictOf(w.part), false); err != nil {
			return err
		}
		w.out.printf("\n%s\n", w.keys("Enter back"))
	case "d":
		w.out.clear()
		w.out.printf("%s\n\n%s\n", strings.TrimRight(w.last.Output, "\n"), w.keys("Enter back"))
	case "n":
		w.goOn(ctx)
	default:
		w.out.printf("%q is no key.\n%s\n", key, w.keys())
	}
	return nil
}

// after returns the parts to solve that come after the one that the learner
// works on.
func (w *watcher) after() (parts []guide.Part) {
	for _, v := range w.last.verdicts {
		if v.File == w.part.File {
			parts = nil
		} else if known := v.known(); known != solved && known != unbegun {
			parts = append(parts, v.Part)
		}
	}
	return parts
}

// nextExercise returns the exercise after this one.
func (w *watcher) nextExercise() (guide.Exercise, bool) {
	i := slices.IndexFunc(w.repo.Exercises, func(e guide.Exercise) bool { return e.Name == w.exercise.Name }) + 1
	if i == len(w.repo.Exercises) {
		return guide.Exercise{}, false
	}
	return w.repo.Exercises[i], true
}

// goOn goes to the next part, or the next exercise.
func (w *watcher) goOn(ctx context.Context) {
	next, more := w.nextExercise()
	switch parts := w.after(); {
	case len(parts) > 0:
		w.workOn(parts[0])
		w.draw()
	case more:
		w.exercise, w.part = next, guide.Part{}
		w.start(ctx)
	default:
		w.out.printf("%s is the last exercise. docs/extras.md has more: to begin, set a constant in %s to true.\n", w.exercise.Name, guide.ExtrasFile)
	}
}

// workOn makes p the part that is shown, and that hint and reset are about.
func (w *watcher) workOn(p guide.Part) {
	w.part = p
	w.memory.set(failedLast, p.File)
}

// show takes the result of a run, and draws it.
func (w *watcher) show(s suite) {
	w.last = &s
	w.learn(s)
	if w.part.Exercise != s.Name {
		w.part = s.Parts[0]
		if v, ok := firstOpen(s); ok {
			w.part = v.Part
		}
	}
	if s.verdictOf(w.part).open() {
		w.workOn(w.part)
	}
	w.draw()
}

// A stamp is by what a change of a file is seen.
type stamp struct {
	time int64 // of the last change, in nanoseconds
	size int64
}

// look returns the stamps of the Go files of all exercises, and of go.mod.
func (w *watcher) look() map[string]stamp {
	stamps := make(map[string]stamp)
	add := func(name string) {
		if info, err := os.Stat(w.repo.path(name)); err == nil { // of the file that a link leads to
			stamps[name] = stamp{info.ModTime().UnixNano(), info.Size()}
		}
	}
	add("go.mod")
	for _, e := range w.repo.Exercises {
		// A folder that can't be read for a moment has no files for a moment.
		entries, _ := os.ReadDir(w.repo.path(e.Name))
		for _, entry := range entries {
			// As for Go, a file whose name begins with a dot or _ is none.
			if name := entry.Name(); filepath.Ext(name) == ".go" && !strings.HasPrefix(name, ".") && !strings.HasPrefix(name, "_") {
				add(e.Name + "/" + name)
			}
		}
	}
	return stamps
}

// changed reports whether a file has changed since it was last called. It goes
// to the part that was saved, also in another exercise.
func (w *watcher) changed() bool {
	before := w.stamps
	w.stamps = w.look()
	folders := make(map[string]bool)
	for _, stamps := range []map[string]stamp{before, w.stamps} {
		for name := range stamps {
			if before[name] != w.stamps[name] {
				folders[path.Dir(name)] = true
			}
		}
	}
	for _, e := range w.repo.Exercises {
		if folders[e.Name] && !folders[w.exercise.Name] {
			w.exercise, w.part = e, guide.Part{}
			break
		}
	}
	for _, p := range w.exercise.Parts {
		if before[p.File] != w.stamps[p.File] {
			w.part = p
		}
	}
	return len(folders) > 0
}
