package main

import (
	"bytes"
	"context"
	"fmt"
	"time"

	"example.com/errgroup-workshop/internal/gotest"
	"example.com/errgroup-workshop/internal/guide"
)

// maxOutput is how much tests may print, in bytes.
const maxOutput = 16 << 20

var errFlood = fmt.Errorf("the tests printed more than %d MB, and were ended: does a loop print and never end?", maxOutput>>20)

// An output holds what tests print, and calls full when that is too much.
type output struct {
	text bytes.Buffer
	full func()
}

func (o *output) Write(p []byte) (int, error) {
	if o.text.Len() > maxOutput {
		o.full()
		return 0, errFlood
	}
	return o.text.Write(p)
}

// A suite is what the tests of one exercise did.
type suite struct {
	guide.Exercise
	*gotest.Result
	verdicts []verdict
}

// race reports whether the tests run with the race detector. The first call finds
// out.
func (a *app) race(ctx context.Context) (bool, error) {
	if a.raceWorks || a.raceWhy != "" {
		return a.raceWorks, nil
	}
	slow := time.AfterFunc(time.Second, func() {
		a.out.printf("looking for the race detector: the first time, Go compiles for it, which can take a minute ...\n")
	})
	defer slow.Stop()
	works, why := gotest.Race(a.goCommand(ctx, gotest.RaceProbe...))
	if ctx.Err() != nil {
		return false, ctx.Err()
	}
	a.raceWorks, a.raceWhy = works, why
	return works, nil
}

// test runs the tests of exercises with the race detector, where it works, and
// flags. When ctx ends, it ends the run, and leaves no process behind.
func (a *app) test(ctx context.Context, flags []string, exercises ...guide.Exercise) ([]suite, error) {
	race, err := a.race(ctx)
	if err != nil {
		return nil, err
	}
	ctx, end := context.WithCancel(ctx)
	defer end()
	// What GOFLAGS may say about these would change which tests run, and how. Tests
	// take seconds; what their own watchdog doesn't see hang, go test ends.
	args := append([]string{"test", "-json", fmt.Sprintf("-race=%t", race), "-timeout=3m",
		"-run=", "-skip=", "-list=", "-exec=", "-short=false", "-failfast=false"}, flags...)
	for _, e := range exercises {
		args = append(args, "./"+e.Name)
	}
	command := a.goCommand(ctx, args...)
	stdout, stderr := &output{full: end}, new(bytes.Buffer)
	command.Stdout, command.Stderr = stdout, stderr
	err = command.Run()
	switch {
	case stdout.text.Len() > maxOutput:
		return nil, errFlood
	case ctx.Err() != nil:
		return nil, ctx.Err()
	case command.ProcessState == nil: // else the results say whether it failed
		return nil, fmt.Errorf("go test can't be run: %w", err)
	}
	results := gotest.Read(stdout.text.Bytes())
	var all []suite
	for _, e := range exercises {
		s := suite{Exercise: e, Result: results[modulePath+"/"+e.Name]}
		if s.Result == nil {
			return nil, fmt.Errorf("go test runs no test of %s:\n%s", e.Name, goErrors(stderr.String()))
		}
		s.verdicts = s.judge()
		all = append(all, s)
	}
	return all, nil
}
