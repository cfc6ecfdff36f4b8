package main

import (
	"context"
	"fmt"
	"strconv"

	"example.com/errgroup-workshop/internal/guide"
)

// hint prints the next hint for a part.
func (a *app) hint(ctx context.Context, args []string) error {
	number := 0
	if len(args) > 0 {
		if n, err := strconv.Atoi(args[len(args)-1]); err == nil {
			if number, args = n, args[:len(args)-1]; n < 1 {
				return fmt.Errorf("there is no hint %d; they begin with 1; %w", n, errUsage)
			}
		}
	}
	p, err := a.partOrCurrent(ctx, args)
	if err != nil {
		return err
	}
	return a.showHint(p, number)
}

// seen returns how many hints for the part have been shown.
func (a *app) seen(p guide.Part) int {
	n, _ := strconv.Atoi(a.memory.get(hintsSeen(p.File))) // what isn't there is 0
	return min(n, len(p.Hints))
}

// showHint prints a hint for the part: that with the number, or if it is 0, the
// next one.
func (a *app) showHint(p guide.Part, number int) error {
	name, seen := nameOf(p), a.seen(p)
	if number == 0 {
		number = seen + 1
	}
	switch {
	case len(p.Hints) == 0:
		return fmt.Errorf("the guide has no hint for %s that can be read: git restore %s", p.Title, "WORKSHOP.md docs")
	case number == seen+1 && seen == len(p.Hints):
		a.out.printf("You have seen all %d hints for %s. This shows the solution beside your file:\n  go tool workshop compare -anyway %s\nThis shows the first hint again:\n  go tool workshop hint %s 1\n",
			seen, p.Title, name, name)
		return nil
	case number > len(p.Hints):
		return fmt.Errorf("%s has %d hints; there is no hint %d; %w", p.Title, len(p.Hints), number, errUsage)
	}
	a.out.printf("%s (%s), hint %d of %d:\n\n%s\n\n", a.out.bold(p.Title), p.File, number, len(p.Hints), p.Hints[number-1])
	if number > seen {
		a.memory.set(hintsSeen(p.File), strconv.Itoa(number))
	}
	return nil
}

// nameOf returns a short name of the part, such as 01/gather.
func nameOf(p guide.Part) string { return p.Exercise[:2] + "/" + p.Name() }
