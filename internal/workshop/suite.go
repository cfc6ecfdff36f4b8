package main

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"math"
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
	errHangs = fmt.Errorf("the tests printed nothing for %d seconds, and were ended: "+
		"something runs on and on, or waits outside of the tests' fake time", patience)
	errHeld = errors.New("the tests have ended, but a program that your code started still holds their output: " +
		"wait for it, or end it")
	errFlood = fmt.Errorf("the tests printed more than %d MB, and were ended", maxOutput>>20)
)

// A suite is what the tests of one exercise did.
type suite struct {
	guide.Exercise
	*gotest.Result
	verdicts []verdict
	ended    error // why the run was ended, or nil
}

// race reports whether the tests run with the race detector. The first call finds
// out.
func (a *app) race(ctx context.Context) (bool, error) {
	if a.raceKnown {
		return a.raceWorks, nil
	}
	slow := time.AfterFunc(time.Second, func() {
		a.out.printf("looking for the race detector: the first time, Go compiles for it, which can take a minute ...\n")
	})
	defer slow.Stop()
	works, why := gotest.Race(a.goCommand(ctx, gotest.RaceProbe...))
	if ctx.Err() != nil {
		return false, context.Cause(ctx)
	}
	a.raceKnown, a.raceWorks, a.raceWhy = true, works, why
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
	args := append([]string{"test", "-json", fmt.Sprintf("-race=%t", race),
		"-run=", "-skip=", "-list=", "-exec=", "-short=false", "-failfast=false"}, flags...)
	for _, e := range exercises {
		args = append(args, "./"+e.Name)
	}
	command := a.goCommand(ctx, args...)
	var stderr bytes.Buffer
	command.Stderr = &stderr
	stdout, err := command.StdoutPipe()
	if err == nil {
		err = command.Start()
	}
	if err != nil {
		return nil, fmt.Errorf("go test can't be run: %w", err)
	}
	// When the program was stopped, or the computer slept, so did the tests: what
	// counts is seconds in which the program could run.
	var quiet atomic.Int64
	quiet.Store(nothingRuns)
	go func() {
		for ; ctx.Err() == nil; time.Sleep(time.Second) {
			if quiet.Add(1) > a.patience {
				end(errHangs)
			}
		}
	}()
	running := make(map[string]bool)
	output := &io.LimitedReader{R: stdout, N: maxOutput}
	results, readErr := gotest.Read(output, func(pkg string, r *gotest.Result) {
		delete(running, pkg)
		if r.Started && !r.Ended {
			running[pkg] = true
		}
		switch {
		case len(running) == 0:
			quiet.Store(nothingRuns)
		case r.Over:
			quiet.Store(a.patience - 10) // only a program that holds the output can be left
		default:
			quiet.Store(0)
		}
	})
	if output.N == 0 {
		end(errFlood)
	}
	command.Wait() // whether it failed, the results say
	ended := cmp.Or(context.Cause(ctx), readErr)
	if ended != nil && ended != errHangs && ended != errFlood {
		return nil, ended
	}
	var all []suite
	for _, e := range exercises {
		s := suite{Exercise: e, Result: results[modulePath+"/"+e.Name], ended: ended}
		switch {
		case s.Result == nil && ended == nil:
			return nil, fmt.Errorf("go test runs no test of %s:\n%s", e.Name, goErrors(stderr.String()))
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

// exit returns the test in which the process ended without a word, or "".
func (s suite) exit() string {
	n := len(s.Ran)
	if n == 0 || s.ended != nil || !s.Unfinished(s.Ran[n-1]) || crash.MatchString(s.Output) ||
		strings.Contains(s.Output, "--- FAIL: "+s.Ran[n-1]) { // as the tests' own watchdog says
		return ""
	}
	return s.Ran[n-1]
}
