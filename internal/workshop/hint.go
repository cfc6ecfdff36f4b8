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
	p, args, err := a.partOrCurrent(ctx, args)
	if err != nil {
		return err
	}
	if err := noMore(args); err != nil {
		return err
	}
	return a.showHint(p, number)
}

// showHint prints a hint for the part: that with the number, or if it is 0, the
// next one.
func (a *app) showHint(p guide.Part, number int) error {
	name := a.nameOf(p)
	seen := a.memory.Hints[p.File]
	if number == 0 {
		number = seen + 1
	}
	if number > len(p.Hints) {
		if number == seen+1 {
			a.out.printf("You have seen all %d hints for %s. This shows the solution beside your file:\n  go tool workshop compare -anyway %s\nThis shows the first hint again:\n  go tool workshop hint %s 1\n",
				len(p.Hints), p.Title, name, name)
			return nil
		}
		return fmt.Errorf("%s has %d hints; there is no hint %d; %w", p.Title, len(p.Hints), number, errUsage)
	}
	a.out.printf("%s (%s), hint %d of %d:\n\n%s\n\n", a.out.bold(p.Title), p.File, number, len(p.Hints), p.Hints[number-1])
	if number > seen {
		a.memory.Hints[p.File] = number
	}
	a.memory.save()
	return nil
}

// nameOf returns the shortest name of the part that no other part has.
func (a *app) nameOf(p guide.Part) string {
	for _, other := range a.repo.Parts() {
		if other.Name() == p.Name() && other.File != p.File {
			return p.Exercise[:2] + "/" + p.Name()
		}
	}
	return p.Name()
}
