package main

import (
	"context"
	"fmt"
	"strings"

	"example.com/errgroup-workshop/internal/guide"
)

// status prints how far each part is, and the next thing to do.
func (a *app) status(ctx context.Context, args []string) error {
	exercises, err := a.exercises(args)
	if err != nil {
		return err
	}
	a.out.printf("running the tests ...\n")
	suites, verdicts, err := a.verdictsOf(ctx, nil, func(exercise string) {
		a.out.printf("  %s\n", exercise)
	}, exercises...)
	if err != nil {
		return err
	}
	for _, s := range suites {
		a.out.printf("\n%s\n", a.out.bold(s.Title))
		for _, v := range verdicts {
			if v.Exercise == s.Name {
				a.out.printf("  %s\n", a.describe(v, s))
			}
		}
		if s.ended != nil {
			a.out.printf("  %v\n", s.ended)
		}
	}
	a.out.printf("\n%s\n", progress(verdicts))
	a.next(exercises, verdicts)
	return nil
}

// next prints the one next thing to do.
func (a *app) next(exercises []guide.Exercise, verdicts []verdict) {
	v, ok := firstOpen(verdicts)
	switch {
	case !ok && len(exercises) < len(a.repo.Exercises):
		a.out.printf("%s is done. Read its questions in WORKSHOP.md; go tool workshop says what comes next.\n", exercises[0].Name)
		return
	case !ok:
		a.out.printf("All is done. Read the questions in WORKSHOP.md, and go one step further.\n")
		return
	}
	switch v.state {
	case broken:
		a.out.printf("next: make %s compile\n", v.Exercise)
	case missing:
		a.out.printf("next: bring %s back, the test of %s: git restore %s\n", v.Test, v.File, v.Exercise)
	default:
		a.out.printf("next: %s, in %s\n", a.out.bold(v.Title), v.File)
	}
	a.out.printf("      %s\n", a.typed(v.Part))
}

// firstOpen returns the first part that is to be solved, the extras last. An
// extra that the learner hasn't begun is none.
func firstOpen(verdicts []verdict) (verdict, bool) {
	for _, extra := range []bool{false, true} {
		for _, v := range verdicts {
			if v.Extra() == extra && v.open() {
				return v, true
			}
		}
	}
	return verdict{}, false
}

func (v verdict) open() bool { return v.state != solved && v.state != unbegun }

// progress says how many parts pass.
func progress(verdicts []verdict) string {
	done, extras := 0, 0
	for _, v := range verdicts {
		switch v.state {
		case solved:
			done++
		case unbegun:
			extras++
		}
	}
	text := fmt.Sprintf("%d of %d parts pass", done, len(verdicts)-extras)
	if extras > 0 {
		text += fmt.Sprintf(", %d extras not begun", extras)
	}
	return text
}

// describe returns a line about a verdict.
func (a *app) describe(v verdict, s suite) string {
	const width = 26
	title := v.Title + strings.Repeat(" ", max(1, width-len(v.Title)))
	switch v.state {
	case solved:
		return a.out.green("ok   ") + title
	case failed:
		return a.out.red("FAIL ") + title + strings.ReplaceAll(strings.TrimPrefix(v.test, v.Test+"/"), "_", " ")
	case broken:
		return a.out.red("FAIL ") + title + "doesn't compile: " + compileError(s.Output, v)
	case leaks:
		return a.out.red("FAIL ") + title + "passes, and leaves a goroutine behind"
	case missing:
		return a.out.red("FAIL ") + title + v.Test + " is not there any more"
	case unbegun:
		return "--   " + title + "not begun" + howToBegin(s.Tests[v.Test])
	}
	return a.out.red("FAIL ") + title + "did not run"
}

// howToBegin returns what the test of an extra says when it is skipped, and
// nothing if output doesn't tell.
func howToBegin(output string) string {
	_, says, found := strings.Cut(output, "an extra: ")
	if !found {
		return ""
	}
	says, _, _ = strings.Cut(says, "\n")
	return "; " + says
}

// current returns the part that the learner works on: the one that failed last,
// or else the first that isn't solved.
func (a *app) current(ctx context.Context) (guide.Part, error) {
	for _, p := range a.repo.Parts() {
		if p.File == a.memory.Failed {
			return p, nil
		}
	}
	a.out.printf("running the tests to see where you are ...\n")
	_, verdicts, err := a.verdictsOf(ctx, nil, nil, a.repo.Exercises...)
	if err != nil {
		return guide.Part{}, err
	}
	if v, ok := firstOpen(verdicts); ok {
		return v.Part, nil
	}
	return guide.Part{}, errAllDone
}

// partOrCurrent returns the part that args name, and the arguments behind it,
// or else the one that the learner works on.
func (a *app) partOrCurrent(ctx context.Context, args []string) (guide.Part, []string, error) {
	if len(args) == 0 {
		p, err := a.current(ctx)
		return p, nil, err
	}
	p, err := a.repo.part(args[0])
	return p, args[1:], err
}
