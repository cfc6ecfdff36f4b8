package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"strings"

	"example.com/errgroup-workshop/internal/guide"
)

// compare prints the difference between the learner's file and the solution.
func (a *app) compare(ctx context.Context, args []string) error {
	args, anyway := takeFlag(args, "anyway")
	p, args, err := a.partOrCurrent(ctx, args)
	if err != nil {
		return err
	}
	if err := noMore(args); err != nil {
		return err
	}
	return a.showComparison(ctx, p, anyway)
}

// showComparison compares a part with its solution. Where the part doesn't pass
// it asks first, unless anyway is true.
func (a *app) showComparison(ctx context.Context, p guide.Part, anyway bool) error {
	mine, err := os.ReadFile(a.repo.path(p.File))
	if errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("%s is not there; go tool workshop reset %s brings the skeleton back", p.File, a.nameOf(p))
	}
	if err != nil {
		return err
	}
	suites, err := a.test(ctx, []string{"-run=^" + p.Test + "$"}, nil, a.exerciseOf(p))
	if err != nil {
		return err
	}
	passes := suites[0].verdictOf(p).state == solved
	if !passes && !anyway && !a.ask(ctx, p.Title+" doesn't pass yet. Look at the solution all the same?") {
		a.out.printf("go tool workshop hint %s says a little less than the solution.\n", a.nameOf(p))
		return nil
	}
	theirs, err := os.ReadFile(a.repo.path(solution(p)))
	if err != nil {
		return err
	}
	lines := diff(splitLines(string(mine)), splitLines(string(theirs)))
	if !slices.ContainsFunc(lines, func(l diffLine) bool { return l.kind != ' ' }) {
		a.out.printf("%s is the same as %s.\n", p.File, solution(p))
		return nil
	}
	a.out.printf("%s\n%s\n", a.out.red("--- "+p.File+" (yours)"), a.out.green("+++ "+solution(p)))
	for _, l := range lines {
		text := string(l.kind) + l.text
		switch l.kind {
		case '-':
			text = a.out.red(text)
		case '+':
			text = a.out.green(text)
		}
		a.out.printf("%s\n", text)
	}
	if passes {
		a.out.printf("\nYour answer passes. There is more than one right answer: ours is another.\n")
	}
	return nil
}

func (a *app) exerciseOf(p guide.Part) guide.Exercise {
	i := slices.IndexFunc(a.repo.Exercises, func(e guide.Exercise) bool { return e.Name == p.Exercise })
	return a.repo.Exercises[i]
}

func splitLines(text string) []string {
	return strings.Split(strings.TrimRight(withoutCR(text), "\n"), "\n")
}
