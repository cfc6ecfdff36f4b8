package main

import (
	"cmp"
	"context"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path"
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
	last     *suite // of the exercise; nil before the end of its first run

	cancel context.CancelFunc // ends the run under way
	done   chan outcome       // its outcome; nil if there is none
}

type outcome struct {
	suites []suite // one
	err    error
}

// watch runs the tests of an exercise at each save, until a learner quits.
func (a *app) watch(ctx context.Context, args []string) error {
	w := &watcher{app: a}
	var err error
	if len(args) > 0 {
		w.exercise, err = a.repo.exercise(args[0])
		err = cmp.Or(err, noMore(args[1:]))
	} else if w.part, err = a.partOrCurrent(ctx, nil); err == nil {
		w.exercise = a.exerciseOf(w.part)
	}
	if err != nil {
		return err
	}
	w.out.setRaw(true)
	defer w.out.setRaw(false)
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
				w.show(o.suites[0])
			}
		}
	}
}

// start begins a run. It ends the one under way, which a newer save has
// overtaken.
func (w *watcher) start(ctx context.Context, flags ...string) {
	w.stop()
	end := "\n"
	if w.out.control {
		end = "\r" // the next line may cover this one
	}
	w.out.printf("%s: running ...%s", w.exercise.Name, end)
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
		done <- outcome{suites, err}
	}()
}

// stop ends the run under way, if there is one, and returns when it has left no
// process behind.
func (w *watcher) stop() {
	if w.done != nil {
		w.cancel()
		<-w.done
		w.done = nil
	}
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
	v := w.last.verdictOf(w.part)
	switch key {
	case "", ctrlZ:
		w.draw()
		return nil
	case "h":
		w.out.clear()
		w.out.printf("%s\n\n", w.head(v))
		if err := w.showHint(w.part, ""); err != nil {
			return err
		}
	case "c", "C":
		w.out.clear()
		if err := w.showComparison(ctx, v, key == "C"); err != nil {
			return err
		}
	case "d":
		w.out.clear()
		w.out.printf("%s\n", strings.TrimRight(w.last.Output, "\n"))
	case "n":
		p, what := w.next()
		switch p.Exercise {
		case "":
			w.out.printf("%s\n", what)
		case w.exercise.Name:
			w.workOn(p)
			w.draw()
			return nil
		default:
			w.workIn(w.exerciseOf(p))
			w.start(ctx)
			return nil
		}
	default:
		w.out.printf("%q is no key.\n", key)
	}
	w.out.printf("\n%s\n", w.keys("Enter back"))
	return nil
}

// next returns the part that the key n goes to, the next one that is to be solved,
// or the first of the next exercise; and what it says about that. After the last
// exercise there is none.
func (w *watcher) next() (p guide.Part, what string) {
	parts, exercises := w.last.verdicts, w.repo.Exercises
	i := slices.IndexFunc(parts, func(v verdict) bool { return v.File == w.part.File }) + 1
	for _, v := range parts[i:] {
		if known := v.known(); known != solved && known != unbegun {
			return v.Part, "n  go on to " + v.Title
		}
	}
	what = fmt.Sprintf("Then answer the questions at the end of %q in WORKSHOP.md.\n\n", w.exercise.Title)
	i = slices.IndexFunc(exercises, func(e guide.Exercise) bool { return e.Name == w.exercise.Name }) + 1
	if i < len(exercises) {
		return exercises[i].Parts[0], what + "n  go on to " + exercises[i].Name
	}
	return p, what + fmt.Sprintf("This is the last exercise. docs/extras.md has more: to begin, set a constant in %s to true.", guide.ExtrasFile)
}

// workIn makes e the exercise that is shown, from its next run on.
func (w *watcher) workIn(e guide.Exercise) { w.exercise, w.part, w.last = e, guide.Part{}, nil }

// workOn makes p the part that is shown, and that hint is about.
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
type stamp struct{ nanoseconds, size int64 }

// look returns the stamps of the Go files of all exercises, and of go.mod. As for
// Go, a file whose name begins with a dot or _ is none.
func (w *watcher) look() map[string]stamp {
	clone := os.DirFS(w.repo.root)
	names, _ := fs.Glob(clone, "[0-9][0-9]-*/[^._]*.go") // the pattern is right
	stamps := make(map[string]stamp)
	for _, name := range append(names, "go.mod") {
		if info, err := fs.Stat(clone, name); err == nil { // of the file that a link leads to
			stamps[name] = stamp{info.ModTime().UnixNano(), info.Size()}
		}
	}
	return stamps
}

// changed reports whether a file has changed since it was last called. It goes
// to the part that was saved, also in another exercise.
func (w *watcher) changed() bool {
	before, now := w.stamps, w.look()
	w.stamps = now
	saved := make(map[string]bool) // the folders in which a file was
	for name, s := range now {
		if before[name] != s {
			saved[path.Dir(name)] = true
		}
	}
	for _, e := range w.repo.Exercises {
		if saved[e.Name] && !saved[w.exercise.Name] {
			w.workIn(e)
		}
	}
	for _, p := range w.exercise.Parts {
		if before[p.File] != now[p.File] {
			w.part = p
		}
	}
	return !maps.Equal(before, now)
}
