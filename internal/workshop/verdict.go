package main

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"example.com/errgroup-workshop/internal/guide"
)

// A state is how far a part is.
type state string

const (
	solved  state = "passed"
	failed  state = "failed"
	broken  state = "doesn't compile"
	notRun  state = "did not run" // the run ended before
	missing state = "its test is gone, or skips itself"
	unbegun state = "not begun" // an extra, whose tests are skipped
)

// A verdict is what a run says about a part.
type verdict struct {
	guide.Part
	state
	test          string // the first test of the part that failed, if it failed
	passed, steps int    // how many of the steps have passed
	before        state  // where it did not run: what the last run said in which it did, or ""
}

func (v verdict) open() bool { return v.state != solved && v.state != unbegun }

// known returns the state of the part, of before if it did not run.
func (v verdict) known() state { return cmp.Or(v.before, v.state) }

const stepWait = "not run: an earlier step failed"

// judge says how far the parts of the exercise are.
func (s suite) judge() []verdict {
	var all []verdict
	for _, p := range s.Parts {
		v := verdict{Part: p}
		v.passed, v.steps = s.steps(p.Test)
		switch {
		case !s.Built:
			v.state = broken
		case s.Failed(p.Test):
			v.state = failed
			failures := s.Failures()
			v.test = failures[slices.IndexFunc(failures, func(test string) bool { return rootOf(test) == p.Test })]
		case slices.Contains(s.Good, p.Test):
			v.state = solved
		case slices.Contains(s.Skipped, p.Test) && p.Extra():
			v.state = unbegun
		case slices.Contains(s.Skipped, p.Test), s.Passed:
			v.state = missing
		default:
			v.state = notRun
		}
		all = append(all, v)
	}
	return all
}

// rootOf returns the test that a test is inside of.
func rootOf(test string) string {
	root, _, _ := strings.Cut(test, "/")
	return root
}

// steps returns how many steps of a test have passed, of how many that were
// announced. One that is skipped on this system counts as passed.
func (s suite) steps(test string) (passed, all int) {
	var seen []string
	for _, name := range s.Ran {
		step, isStep := strings.CutPrefix(name, test+"/")
		if !isStep || strings.Contains(step, "/") || slices.Contains(seen, step) {
			continue
		}
		seen = append(seen, step)
		if !s.Failed(name) && !strings.Contains(s.Tests[name], stepWait) {
			passed++
		}
	}
	return passed, len(seen)
}

func (s suite) troubled() bool { return s.trouble() != "" }

// trouble returns what keeps go test from passing besides the tests of parts, or
// "".
func (s suite) trouble() string {
	var own []string
	for _, test := range s.Failures() {
		if !slices.ContainsFunc(s.Parts, func(p guide.Part) bool { return p.Test == rootOf(test) }) {
			own = append(own, strings.ReplaceAll(test, "_", " "))
		}
	}
	switch {
	case !s.Built:
		first, _, _ := strings.Cut(goErrors(s.Output), "\n")
		return first
	case len(own) > 0:
		return "a test of your own fails: " + strings.Join(own, ", ")
	case strings.Contains(s.Output, "*** Test killed"): // as go test says of what its timeout can't stop
		return "the tests ran on and on, and were ended" + ownLines(s.Output, s.Name)
	case strings.Contains(s.Output, "*** Test I/O incomplete"):
		return "the tests have ended, but a program that your code started still holds their output: " +
			"wait for it, or end it"
	case !s.Passed && len(s.Failures()) == 0: // such as what goleak.VerifyTestMain finds
		return "no test fails, but go test does:\n" + explain(s.Tests[""], s.Exercise, nil)
	}
	return ""
}

// verdicts runs the tests of the exercise that args name, or else of all, and
// keeps what they say.
func (a *app) verdicts(ctx context.Context, args []string, flags ...string) ([]suite, error) {
	exercises := a.repo.Exercises
	if len(args) > 0 {
		e, err := a.repo.exercise(args[0])
		if err := cmp.Or(err, noMore(args[1:])); err != nil {
			return nil, err
		}
		exercises = []guide.Exercise{e}
	}
	a.out.printf("running the tests ...\n")
	all, err := a.test(ctx, flags, exercises...)
	if err != nil {
		return nil, err
	}
	if !a.raceWorks {
		a.out.printf("without the race detector (go tool workshop doctor says more): %s\n", a.raceWhy)
	}
	for _, s := range all {
		for i, v := range s.verdicts {
			if v.state != notRun || len(s.Ran) == 0 {
				continue
			}
			// Something ended the run before this part.
			alone, err := a.test(ctx, append([]string{"-run=^" + v.Test + "$"}, flags...), s.Exercise)
			if err != nil {
				return nil, err
			}
			s.verdicts[i] = alone[0].verdictOf(v.Part)
		}
		a.learn(s)
	}
	if v, ok := firstOpen(all...); ok {
		a.memory.set(failedLast, v.File)
	}
	return all, nil
}

// learn adds to the verdicts of a run what earlier runs have said, and keeps for
// later ones what it says.
func (a *app) learn(s suite) {
	for i := range s.verdicts {
		v := &s.verdicts[i]
		if v.state == broken || v.state == notRun {
			fmt.Sscanf(a.memory.get(lastVerdict(v.File)), "%d %d %q", &v.passed, &v.steps, &v.before) // zeros if nothing was kept
		} else {
			a.memory.set(lastVerdict(v.File), fmt.Sprintf("%d %d %q", v.passed, v.steps, v.state))
		}
		if v.state == solved && a.memory.get(failedLast) == v.File {
			a.memory.set(failedLast, "")
		}
	}
}

// firstOpen returns the first part that is to be solved. An extra that the learner
// hasn't begun is none.
func firstOpen(suites ...suite) (verdict, bool) {
	for _, s := range suites {
		if i := slices.IndexFunc(s.verdicts, verdict.open); i >= 0 {
			return s.verdicts[i], true
		}
	}
	return verdict{}, false
}

// verdictOf returns the verdict on one part.
func (s suite) verdictOf(p guide.Part) verdict {
	return s.verdicts[slices.IndexFunc(s.verdicts, func(v verdict) bool { return v.File == p.File })]
}

// typed returns the command that a learner types to run the tests of a part.
func (a *app) typed(p guide.Part) string {
	race := ""
	if a.raceWorks {
		race = "-race "
	}
	return fmt.Sprintf("go test %s-failfast -run %s ./%s", race, p.Test, p.Exercise)
}
