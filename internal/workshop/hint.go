package main

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"example.com/errgroup-workshop/internal/guide"
)

// hint prints the next hint for a part, or the one whose number comes last in args.
func (a *app) hint(ctx context.Context, args []string) error {
	number := ""
	if last := len(args) - 1; last >= 0 && strings.Trim(args[last], "0123456789") == "" {
		args, number = args[:last], args[last]
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

// showHint prints a hint for the part: that with the number, or if it is "", the
// next one.
func (a *app) showHint(p guide.Part, number string) error {
	seen, all, name := a.seen(p), len(p.Hints), nameOf(p)
	n, _ := strconv.Atoi(number) // digits
	if number == "" {
		n = seen + 1
	}
	switch {
	case n > all && number == "":
		a.out.printf("You have seen all %d hints for %s. This shows the solution beside your file:\n"+
			"  go tool workshop compare -anyway %s\nThis shows the first hint again:\n"+
			"  go tool workshop hint %s 1\n", all, p.Title, name, name)
		return nil
	case n < 1 || n > all:
		return fmt.Errorf("%s has %d hints; there is no hint %s; %w", p.Title, all, number, errUsage)
	}
	a.out.printf("%s (%s), hint %d of %d:\n\n%s\n", a.out.bold(p.Title), p.File, n, all, p.Hints[n-1])
	a.memory.set(hintsSeen(p.File), strconv.Itoa(max(n, seen)))
	return nil
}
