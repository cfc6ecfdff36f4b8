package main

import (
	"context"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path"
	"slices"
	"strings"

	"example.com/errgroup-workshop/internal/guide"
)

// compare prints the difference between the learner's file and the solution.
func (a *app) compare(ctx context.Context, args []string) error {
	isFlag := func(arg string) bool { return arg == "-anyway" || arg == "--anyway" }
	anyway := slices.ContainsFunc(args, isFlag)
	args = slices.DeleteFunc(args, isFlag)
	p, err := a.partOrCurrent(ctx, args)
	if err != nil {
		return err
	}
	suites, err := a.test(ctx, []string{"-run=^" + p.Test + "$"}, a.exerciseOf(p))
	if err != nil {
		return err
	}
	return a.showComparison(ctx, suites[0].verdictOf(p), anyway)
}

// showComparison compares a part with its solution. Where the part doesn't pass
// it says how to see that, unless anyway is true.
func (a *app) showComparison(ctx context.Context, p verdict, anyway bool) error {
	mine, err := os.ReadFile(a.repo.path(p.File))
	if err != nil {
		return fmt.Errorf("your file can't be read: %w; go tool workshop reset %s brings the skeleton back", err, nameOf(p.Part))
	}
	solution := "solutions/" + p.File
	theirs, err := os.ReadFile(a.repo.path(solution))
	if err != nil {
		return fmt.Errorf("our solution can't be read: %w; git restore solutions", err)
	}
	passes := p.state == solved
	if !passes && !anyway {
		a.out.printf("%s doesn't pass yet, and a hint says less than our solution. To see the solution anyway:\n"+
			"  go tool workshop compare -anyway %s\nor, in watch, the key C.\n", p.Title, nameOf(p.Part))
		return nil
	}
	if withoutCR(mine) == withoutCR(theirs) {
		a.out.printf("%s is the same as %s.\n", p.File, solution)
	} else {
		a.out.printf("%s", a.difference(ctx, p.File, solution))
		if passes {
			a.out.printf("Your answer passes. There is more than one right answer: ours is another.\n")
		}
	}
	a.showVariants(p.Part)
	return nil
}

// difference returns what a program that is there says about the difference of
// two files, in full.
func (a *app) difference(ctx context.Context, mine, theirs string) string {
	color := "--color=never"
	if a.out.colors {
		color = "--color=always"
	}
	for _, args := range [][]string{
		{"git", "diff", "--no-index", "--no-ext-diff", "--ignore-cr-at-eol", "-U1000", color, "--", mine, theirs},
		{"diff", "-U", "1000", mine, theirs},
	} {
		c := exec.CommandContext(ctx, args[0], args[1:]...)
		c.Dir = a.repo.root
		if output, _ := c.Output(); len(output) > 0 {
			return string(output)
		}
	}
	return fmt.Sprintf("Neither git nor diff is here to compare them. Open both in your editor:\n  %s\n  %s\n", mine, theirs)
}

// showVariants names the right answers that are written in another way, and the
// first sentence of what each says about itself.
func (a *app) showVariants(p guide.Part) {
	clone, folder := os.DirFS(a.repo.root), "solutions/"+p.Exercise+"/testdata/variants"
	names, _ := fs.Glob(clone, folder+"/"+p.Name()+"_*.go") // a folder that isn't there has none
	if len(names) > 0 {
		a.out.printf("\nOther right answers, in %s:\n", folder)
	}
	for _, name := range names {
		content, _ := fs.ReadFile(clone, name)
		about, _, _ := strings.Cut(withoutCR(content), "\n\n")
		about, _, _ = strings.Cut(strings.NewReplacer("\n// ", " ", "// ", "").Replace(about), ". ")
		a.out.printf("  %s: %s\n", path.Base(name), strings.TrimSuffix(about, "."))
	}
}

func (a *app) exerciseOf(p guide.Part) guide.Exercise {
	i := slices.IndexFunc(a.repo.Exercises, func(e guide.Exercise) bool { return e.Name == p.Exercise })
	return a.repo.Exercises[i]
}
