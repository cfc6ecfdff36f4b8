// Command workshop stands by a learner who works through WORKSHOP.md:
//
//	go tool workshop
//
// It runs the tests as the learner would, with go test, and changes no file
// but by the command reset.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"slices"
	"time"

	"example.com/errgroup-workshop/internal/guide"
)

// A command is what stands behind the name of the program. It gets the
// arguments behind its own name.
type command struct {
	name, arguments, does string
	run                   func(a *app, ctx context.Context, args []string) error
}

func commands() []command {
	return []command{
		{"status", "[exercise]", "what is solved, and what to do next; also without a command", (*app).status},
		{"watch", "[exercise]", "run the tests at each save", (*app).watch},
		{"hint", "[part] [number]", "the next hint for the part that failed last", (*app).hint},
		{"compare", "[-anyway] [part]", "your file beside the solution", (*app).compare},
		{"reset", "[part ... | exercise | all]", "put the skeleton back, and your file into a backup", (*app).reset},
		{"solve", "part ... | exercise | all", "put our solution there, and your file into a backup", (*app).solve},
		{"doctor", "", "is all here that the workshop needs, also without network?", (*app).doctor},
		{"check", "[-json] [exercise]", "every part, passed or failed; exit status 1 unless all pass", (*app).check},
	}
}

// An app is one run of the program.
type app struct {
	out    *terminal
	lines  <-chan string // of standard input; closed at its end
	repo   *repo
	memory *memory

	patience   time.Duration // how long tests may run without a word, in real time
	saidNoRace bool
}

var (
	// errFailed ends the program with exit status 1. What there is to say has
	// been said.
	errFailed = errors.New("failed")

	errAllDone = errors.New("all parts pass; say which one you mean")

	// errUsage ends the program with exit status 2.
	errUsage = errors.New("go tool workshop help shows the commands")
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), endings...)
	context.AfterFunc(ctx, stop) // a second Ctrl-C ends the program at once
	os.Exit(run(ctx, os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
}

// run runs the program, and returns its exit status.
func run(ctx context.Context, args []string, stdin io.Reader, stdout *os.File, stderr io.Writer) int {
	err := dispatch(ctx, args, stdin, stdout)
	switch {
	case err == nil:
		return 0
	case errors.Is(err, context.Canceled) && ctx.Err() != nil:
		fmt.Fprintln(stderr, "workshop: interrupted")
		return 1
	case errors.Is(err, errFailed):
		return 1
	case errors.Is(err, errUsage):
		fmt.Fprintln(stderr, "workshop:", err)
		return 2
	}
	fmt.Fprintln(stderr, "workshop:", err)
	return 1
}

func dispatch(ctx context.Context, args []string, stdin io.Reader, stdout *os.File) error {
	if len(args) == 0 {
		args = []string{"status"}
	}
	out := newTerminal(stdout)
	if slices.Contains([]string{"help", "-h", "-help", "--help"}, args[0]) {
		help(out)
		return nil
	}
	i := slices.IndexFunc(commands(), func(c command) bool { return c.name == args[0] })
	if i < 0 {
		return fmt.Errorf("unknown command %q; %w", args[0], errUsage)
	}
	if slices.ContainsFunc(args[1:], func(arg string) bool { return arg == "-h" || arg == "-help" || arg == "--help" }) {
		help(out)
		return nil
	}
	r, err := openRepo()
	if err != nil {
		return err
	}
	a := &app{out: out, lines: readLines(stdin), repo: r, memory: openMemory(r.root), patience: patience}
	return commands()[i].run(a, ctx, args[1:])
}

func help(out io.Writer) {
	fmt.Fprintln(out, "go tool workshop [command]")
	fmt.Fprintln(out)
	for _, c := range commands() {
		fmt.Fprintf(out, "  %-35s %s\n", c.name+" "+c.arguments, c.does)
	}
	fmt.Fprintln(out)
	fmt.Fprintln(out, "An exercise is 02 or 02-errgroup. A part is FetchAll, or 03/FetchAll where two exercises have it.")
}

// exercises returns the exercise that args name, or else all.
func (a *app) exercises(args []string) ([]guide.Exercise, error) {
	if len(args) == 0 {
		return a.repo.Exercises, nil
	}
	e, err := a.repo.exercise(args[0])
	if err != nil {
		return nil, err
	}
	return []guide.Exercise{e}, noMore(args[1:])
}

// takeFlag returns args without the flag, wherever it stands, and whether it was
// there.
func takeFlag(args []string, name string) (rest []string, found bool) {
	i := slices.IndexFunc(args, func(arg string) bool { return arg == "-"+name || arg == "--"+name })
	if i < 0 {
		return args, false
	}
	return slices.Delete(slices.Clone(args), i, i+1), true
}

// noMore returns an error if there are arguments left.
func noMore(args []string) error {
	if len(args) > 0 {
		return fmt.Errorf("unexpected argument %q; %w", args[0], errUsage)
	}
	return nil
}
