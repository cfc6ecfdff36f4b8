package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path"
	"slices"
	"strings"
	"time"

	"example.com/errgroup-workshop/internal/gotest"
	"example.com/errgroup-workshop/internal/guide"
)

const (
	// patience is how long tests may run without a word, in real time. Those of
	// an exercise take less than a second, and their own watchdog ends what it
	// sees hang after five.
	patience = 30 * time.Second

	// compilation is how long nothing may run: the first time with -race, on a
	// slow machine, it takes minutes until a test does.
	compilation = time.Hour

	// enough is how much tests may print, in bytes.
	enough = 16 << 20
)

var (
	errHangs  = fmt.Errorf("the tests said nothing for %v, and were ended: something runs on and on, or waits outside of the tests' fake time", patience)
	errFloods = fmt.Errorf("the tests printed more than %d MB, and were ended", enough>>20)
)

// A suite is what the tests of one exercise did.
type suite struct {
	guide.Exercise
	*gotest.Result
	ended error // why the run was ended, or nil
}

// raceFlag returns the flag -race where it works. Where it doesn't, the first
// call says so.
func (a *app) raceFlag() []string {
	ok, why := gotest.RaceWorks()
	if ok {
		return []string{"-race"}
	}
	if !a.saidNoRace {
		a.saidNoRace = true
		reason, _, _ := strings.Cut(why, "\n")
		a.out.printf("without the race detector, which can't run here: %s\ngo tool workshop doctor says more\n\n", reason)
	}
	return nil
}

// test runs the tests of exercises with the race detector, where it works, and
// flags. It calls onStart when the tests of an exercise begin to run. When ctx
// ends, it ends the run, and leaves no process behind.
func (a *app) test(ctx context.Context, flags []string, onStart func(exercise string), exercises ...guide.Exercise) ([]suite, error) {
	ctx, end := context.WithCancelCause(ctx)
	defer end(nil)
	args := append([]string{"test", "-json"}, append(a.raceFlag(), flags...)...)
	for _, e := range exercises {
		args = append(args, "./"+e.Name)
	}
	command := exec.CommandContext(ctx, "go", args...)
	command.Dir = a.repo.root
	command.Env = append(command.Environ(), "GORACE="+gotest.NoSleep+" "+os.Getenv("GORACE"))
	command.WaitDelay = time.Second // for a process that got out of reach
	endTogether(command)
	var stderr bytes.Buffer
	command.Stderr = &stderr
	stdout, err := command.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := command.Start(); err != nil {
		return nil, fmt.Errorf("go test can't be run: %w", err)
	}

	watchdog := time.AfterFunc(compilation, func() { end(errHangs) })
	defer watchdog.Stop()
	running := make(map[string]bool)
	flood := &flood{Reader: stdout, end: func() { end(errFloods) }}
	results, readErr := gotest.Read(flood, func(pkg string, r *gotest.Result) {
		switch {
		case r.Ended:
			delete(running, pkg)
		case r.Started && !running[pkg]:
			running[pkg] = true
			if onStart != nil {
				onStart(path.Base(pkg))
			}
		}
		if len(running) > 0 {
			watchdog.Reset(a.patience)
		} else {
			watchdog.Reset(compilation)
		}
	})
	err = command.Wait()
	ended := context.Cause(ctx)
	switch {
	case ended != nil && ended != errHangs && ended != errFloods:
		return nil, ended
	case ended == nil && readErr != nil:
		return nil, readErr
	case ended == nil && err != nil && !isExit(err):
		return nil, fmt.Errorf("go test can't be run: %w", err)
	}
	return suites(results, exercises, stderr.String(), ended)
}

// suites puts the results in the order of the exercises.
func suites(results map[string]*gotest.Result, exercises []guide.Exercise, stderr string, ended error) ([]suite, error) {
	var all []suite
	for _, e := range exercises {
		s := suite{Exercise: e, ended: ended}
		for pkg, r := range results {
			if path.Base(pkg) == e.Name {
				s.Result = r
			}
		}
		switch {
		case s.Result == nil && ended == nil:
			return nil, fmt.Errorf("go test says nothing about %s:\n%s", e.Name, strings.TrimSpace(stderr))
		case s.Result == nil:
			s.Result = new(gotest.Result)
		}
		all = append(all, s)
	}
	return all, nil
}

func isExit(err error) bool {
	var exit *exec.ExitError
	return errors.As(err, &exit)
}

// A flood is a reader that calls end when more than enough has been read.
type flood struct {
	io.Reader
	end  func()
	read int
}

func (f *flood) Read(p []byte) (int, error) {
	n, err := f.Reader.Read(p)
	if f.read += n; f.read > enough {
		f.end()
	}
	return n, err
}

// A state is how far a part is.
type state string

const (
	solved  state = "passed"
	failed  state = "failed"
	broken  state = "doesn't compile"
	notRun  state = "not run"     // the run ended before
	missing state = "has no test" // the run passed without it
	leaks   state = "leaves a goroutine behind"
	unbegun state = "not begun" // an extra, whose tests are skipped
)

// A verdict is what a run says about a part.
type verdict struct {
	guide.Part
	state
	test string // the first test of the part that failed, if it failed
}

// verdicts says how far the parts of the exercise are.
func (s suite) verdicts() []verdict {
	var all []verdict
	for _, p := range s.Parts {
		v := verdict{Part: p}
		switch {
		case !s.Built && s.ended == nil:
			v.state = broken
		case slices.Contains(s.Good, p.Test) && s.leaves():
			v.state = leaks
		case slices.Contains(s.Good, p.Test):
			v.state = solved
		case slices.Contains(s.Skipped, p.Test):
			v.state = unbegun
		case s.Failed(p.Test):
			v.state = failed
			for _, test := range s.Failures() {
				if test == p.Test || strings.HasPrefix(test, p.Test+"/") {
					v.test = test
					break
				}
			}
		case s.Passed:
			v.state = missing
		default:
			v.state = notRun
		}
		all = append(all, v)
	}
	return all
}

// leaves reports whether no test failed and the package failed all the same,
// by what looks at all tests together: goleak.VerifyTestMain.
func (s suite) leaves() bool {
	return s.ended == nil && s.Built && !s.Passed && len(s.Ran) > 0 && len(s.Ran) == len(s.Good)+len(s.Skipped)
}

// verdictsOf runs the tests of exercises, and again, each in a run of its own,
// those of parts that did not run because something ended the run before them,
// and those that might have left a goroutine behind.
func (a *app) verdictsOf(ctx context.Context, flags []string, onStart func(string), exercises ...guide.Exercise) ([]suite, []verdict, error) {
	all, err := a.test(ctx, flags, onStart, exercises...)
	if err != nil {
		return nil, nil, err
	}
	var verdicts []verdict
	for _, s := range all {
		for _, v := range s.verdicts() {
			if v.state == notRun && len(s.Ran) > 0 || v.state == leaks {
				alone, err := a.test(ctx, append([]string{"-run=^" + v.Test + "$"}, flags...), nil, s.Exercise)
				if err != nil {
					return nil, nil, err
				}
				v = alone[0].verdictOf(v.Part)
			}
			verdicts = append(verdicts, v)
		}
	}
	a.memory.learn(verdicts)
	return all, verdicts, nil
}

// verdictOf returns the verdict on one part.
func (s suite) verdictOf(p guide.Part) verdict {
	for _, v := range s.verdicts() {
		if v.File == p.File {
			return v
		}
	}
	return verdict{Part: p, state: notRun}
}

// typed returns the command that a learner types to run the tests of a part.
func (a *app) typed(p guide.Part) string {
	race := ""
	if len(a.raceFlag()) > 0 {
		race = "-race "
	}
	return fmt.Sprintf("go test %s-failfast -run %s ./%s", race, p.Test, p.Exercise)
}
