package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"example.com/errgroup-workshop/internal/guide"
)

// status prints how far each part is, and the next thing to do.
func (a *app) status(ctx context.Context, args []string) error {
	suites, err := a.verdicts(ctx, args)
	if err != nil {
		return err
	}
	a.showAll(suites)
	a.out.printf("\n%s\n", progress(suites...))
	a.next(suites)
	return nil
}

// check prints every part, passed or failed, and whether tests were changed. It
// returns errFailed unless all pass and none was changed.
func (a *app) check(ctx context.Context, args []string) error {
	changed := a.repo.changed()
	suites, err := a.verdicts(ctx, args, "-count=1") // what passed once must pass now
	if err != nil {
		return err
	}
	a.showAll(suites)
	for _, name := range changed {
		a.out.printf("%s %s is not as it was shipped; git restore brings it back\n", a.out.red("FAIL"), name)
	}
	if _, open := firstOpen(suites...); open || len(changed) > 0 || slices.ContainsFunc(suites, suite.troubled) {
		return errFailed
	}
	return nil
}

// showAll prints a line for each part, and what else there is to say about an
// exercise.
func (a *app) showAll(suites []suite) {
	for _, s := range suites {
		number := s.Name[:2]
		waiting := 0
		for _, v := range s.verdicts {
			if v.known() == unbegun {
				waiting++
			} else {
				a.out.printf("%s  %s\n", number, a.row(v))
			}
		}
		if waiting > 0 {
			a.out.printf("%s  --   %d extras, not begun: docs/extras.md says how\n", number, waiting)
		}
		if s.troubled() {
			a.out.printf("%s  %s %s\n", number, a.out.red("FAIL"), s.trouble())
		}
	}
}

// mark returns ok, FAIL, or -- for a part that nobody has begun, at least so
// many columns wide.
func (a *app) mark(v verdict, width int) string {
	switch {
	case v.known() == solved:
		return a.out.green(fmt.Sprintf("%-*s", width, "ok"))
	case v.open() && !a.repo.begun(v.Part), v.state == unbegun, v.state == broken && v.steps == 0:
		return fmt.Sprintf("%-*s", width, "--")
	}
	return a.out.red("FAIL")
}

// row returns a line about a part: how far it is, and its first failing step.
func (a *app) row(v verdict) string {
	line := fmt.Sprintf("%s %-23s", a.mark(v, 4), v.Title)
	if v.steps > 0 {
		line += fmt.Sprintf(" %s  %d of %d", a.out.bar(v.passed, v.steps), v.passed, v.steps)
	}
	text := ""
	switch v.state {
	case failed:
		text = strings.ReplaceAll(strings.TrimPrefix(strings.TrimPrefix(v.test, v.Test), "/"), "_", " ")
	case missing, notRun:
		text = string(v.state)
	}
	if width, _ := a.out.size(); width > 0 { // a row is one line
		text = fmt.Sprintf("%.*s", max(0, width-len("01  ")-columns(line+"  ")), text)
	}
	return strings.TrimRight(line+"  "+text, " ")
}

// next prints the one next thing to do.
func (a *app) next(suites []suite) {
	v, ok := firstOpen(suites...)
	troubled := slices.IndexFunc(suites, suite.troubled)
	switch {
	case troubled >= 0 && (!ok || v.state == broken || v.state == notRun):
		a.out.printf("next: make go test ./%s pass\n", suites[troubled].Name)
	case !ok && len(suites) < len(a.repo.Exercises):
		a.out.printf("%s is done. Read its questions in WORKSHOP.md; go tool workshop says what comes next.\n", suites[0].Name)
	case !ok:
		a.out.printf("All is done. Read the questions in WORKSHOP.md, and try the extras in docs/extras.md.\n")
	case v.state == missing:
		a.out.printf("next: bring back the test of %s: git restore %s/*_test.go\n", v.File, v.Exercise)
	default:
		a.out.printf("next: %s, in %s\n      %s\n", a.out.bold(v.Title), v.File, a.typed(v.Part))
	}
}

// progress says how many parts pass.
func progress(suites ...suite) string {
	count, all, before := make(map[state]int), 0, ""
	for _, s := range suites {
		for _, v := range s.verdicts {
			count[v.known()]++
			all++
			if v.before != "" {
				before = ", as of before"
			}
		}
	}
	text := fmt.Sprintf("%d of %d parts pass%s", count[solved], all-count[unbegun], before)
	if count[unbegun] > 0 {
		text += fmt.Sprintf(", %d extras not begun", count[unbegun])
	}
	return text
}

// partOrCurrent returns the part that args name, or else the one that the
// learner works on: the part that failed last, or the first that isn't solved.
func (a *app) partOrCurrent(ctx context.Context, args []string) (guide.Part, error) {
	if len(args) > 0 {
		p, err := a.repo.part(args[0])
		return p, cmp.Or(err, noMore(args[1:]))
	}
	if p, err := a.repo.part(a.memory.get(failedLast)); err == nil {
		return p, nil
	}
	suites, err := a.verdicts(ctx, nil)
	v, ok := firstOpen(suites...)
	if err == nil && !ok {
		err = errors.New("all parts pass; say which one you mean")
	}
	return v.Part, err
}
