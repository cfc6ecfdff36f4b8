package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"path"
	"regexp"
	"slices"
	"strings"
	"sync/atomic"
	"time"

	"example.com/errgroup-workshop/internal/gotest"
	"example.com/errgroup-workshop/internal/guide"
)

const (
	// patience is how many seconds tests may run without a word. Those of an
	// exercise take less than one, and their own watchdog ends what it sees hang
	// after five. The go command, which compiles them, has as long as it needs.
	patience = 30

	// maxOutput is how much tests may print, in bytes.
	maxOutput = 16 << 20

	nothingRuns = math.MinInt32 // seconds that don't count, while Go compiles
)

var (
	errHangs = fmt.Errorf("the tests printed nothing for %d seconds, and were ended: something runs on and on, or waits outside of the tests' fake time", patience)
	errHeld  = errors.New("the tests have ended, but a program that your code started still holds their output: wait for it, or end it")
	errFlood = fmt.Errorf("the tests printed more than %d MB, and were ended", maxOutput>>20)
)

// A suite is what the tests of one exercise did.
type suite struct {
	guide.Exercise
	*gotest.Result
	verdicts []verdict
	ended    error  // why the run was ended, or nil
	exited   string // how the process ended in a test, as far as that is known: "exit status 3"
}

const raceComing = "looking for the race detector: the first time, Go compiles for it, which can take a minute ...\n"

// race reports whether the tests run with the race detector. The first call finds
// out, and says so where it doesn't.
func (a *app) race(ctx context.Context) (bool, error) {
	if a.raceKnown {
		return a.raceWorks, nil
	}
	if a.memory.get(raceOf) == "" {
		a.say(raceComing)
	}
	works, why := gotest.Race(a.goCommand(ctx, gotest.RaceProbe...))
	if ctx.Err() != nil {
		return false, context.Cause(ctx)
	}
	a.raceKnown, a.raceWorks, a.raceWhy = true, works, why
	a.memory.set(raceOf, fmt.Sprint(works))
	if !works {
		a.say("without the race detector (go tool workshop doctor says more): %s\n", why)
	}
	return works, nil
}

// test runs the tests of exercises with the race detector, where it works, and
// flags. When ctx ends, it ends the run, and leaves no process behind.
func (a *app) test(ctx context.Context, flags []string, exercises ...guide.Exercise) ([]suite, error) {
	race, err := a.race(ctx)
	if err != nil {
		return nil, err
	}
	ctx, end := context.WithCancelCause(ctx)
	defer end(nil)
	// What GOFLAGS may say about these would change which tests run, and how.
	args := append([]string{"test", "-json", fmt.Sprintf("-race=%t", race), "-run=", "-skip=", "-list=", "-exec=", "-short=false", "-failfast=false"}, flags...)
	for _, e := range exercises {
		args = append(args, "./"+e.Name)
	}
	command := a.goCommand(ctx, args...)
	var stderr bytes.Buffer
	command.Stderr = &stderr
	stdout, err := command.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := command.Start(); err != nil {
		return nil, fmt.Errorf("go test can't be run: %w", err)
	}
	// When the program was stopped, or the computer slept, so did the tests: what
	// counts is seconds in which the program could run.
	var quiet atomic.Int64
	quiet.Store(nothingRuns)
	second := time.NewTicker(time.Second)
	defer second.Stop()
	go func() {
		for ctx.Err() == nil {
			select {
			case <-ctx.Done():
			case <-second.C:
				if quiet.Add(1) > a.patience {
					end(errHangs)
				}
			}
		}
	}()
	running := make(map[string]bool)
	output := &io.LimitedReader{R: stdout, N: maxOutput}
	results, readErr := gotest.Read(output, func(pkg string, r *gotest.Result) {
		switch {
		case r.Ended:
			delete(running, pkg)
		case r.Started:
			running[pkg] = true
		}
		switch quiet.Store(0); {
		case len(running) == 0:
			quiet.Store(nothingRuns)
		case r.Over:
			quiet.Store(a.patience - 10) // only a program that holds the output can be left
		}
	})
	if output.N == 0 {
		end(errFlood)
	}
	command.Wait() // whether it failed, the results say
	ended := context.Cause(ctx)
	switch {
	case ended != nil && ended != errHangs && ended != errFlood:
		return nil, ended
	case ended == nil && readErr != nil:
		return nil, readErr
	}
	all, err := suites(results, exercises, stderr.String(), ended)
	for i, s := range all {
		if test, ok := s.exit(); ok {
			all[i].exited = a.exitStatus(ctx, s.Exercise, test)
		}
	}
	return all, err
}

// exit returns the test in which the process ended without a word, if it did.
func (s suite) exit() (test string, ok bool) {
	n := len(s.Ran)
	if n == 0 || s.ended != nil || !s.Unfinished(s.Ran[n-1]) || crash.MatchString(s.Output) {
		return "", false
	}
	// The tests' own watchdog says that a test failed before it ends the process.
	return s.Ran[n-1], !strings.Contains(s.Output, "--- FAIL: "+s.Ran[n-1])
}

var exitLine = regexp.MustCompile(`(?m)^(exit status \d+|signal: .*)$`)

// exitStatus returns how the test ends its process. The go command says so
// without -json alone.
func (a *app) exitStatus(ctx context.Context, e guide.Exercise, test string) string {
	root, _, _ := strings.Cut(test, "/")
	output, _ := a.goCommand(ctx, "test", fmt.Sprintf("-race=%t", a.raceWorks), "-exec=", "-run=^"+root+"$", "./"+e.Name).CombinedOutput()
	return exitLine.FindString(string(output))
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
			return nil, fmt.Errorf("go test runs no test of %s:\n%s", e.Name, goErrors(stderr))
		case s.Result == nil:
			s.Result = new(gotest.Result)
		case ended == errHangs && len(s.Ran) > 0 && !slices.ContainsFunc(s.Ran, s.Unfinished):
			s.ended = errHeld
		}
		s.verdicts = s.judge()
		all = append(all, s)
	}
	return all, nil
}
