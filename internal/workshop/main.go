// Command workshop accompanies a learner who works through WORKSHOP.md:
//
//	go tool workshop
//
// It runs the tests as the learner would, with go test. The commands reset and
// solve alone change a file.
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"slices"
)

// A command is what comes after the name of the program. Its function gets the
// arguments after its name.
type command struct {
	name, arguments, does string
	run                   func(a *app, ctx context.Context, args []string) error
}

var commands = []command{
	{"status", "[exercise]", "what is solved, and what to do next; also without a command", (*app).status},
	{"watch", "[exercise]", "run the tests at each save", (*app).watch},
	{"hint", "[part] [number]", "the next hint for the part that failed last", (*app).hint},
	{"compare", "[-anyway] [part]", "the difference between your file and the solution", (*app).compare},
	{"reset", "[part ... | exercise | all]", "put the skeleton back, and your file into a backup", (*app).reset},
	{"solve", "part ... | exercise | all", "put our solution there, and your file into a backup", (*app).solve},
	{"doctor", "", "check that everything is here, so that you need no network", (*app).doctor},
	{"check", "[exercise]", "every part, passed or failed; exit status 1 unless all pass", (*app).check},
}

// An app is one run of the program.
type app struct {
	out    *terminal
	repo   *repo
	memory memory

	raceWorks bool   // see race
	raceWhy   string // what the go command says where it doesn't
}

var (
	// errFailed ends the program with exit status 1. What there is to say has
	// been said.
	errFailed = errors.New("failed")

	// errUsage ends the program with exit status 2.
	errUsage = errors.New("go tool workshop help shows the commands")
)

func main() {
	if len(os.Args) > 2 && os.Args[1] == guardName {
		os.Exit(guard(os.Args[2:]))
	}
	// One Ctrl-C comes twice, from the terminal and from go tool: all count as one.
	ctx, stop := signal.NotifyContext(context.Background(), endings...)
	out := newTerminal(os.Stdin, os.Stdout)
	err := run(ctx, os.Args[1:], out)
	stop()
	if err == nil {
		err = out.err
	}
	if errors.Is(err, context.Canceled) {
		err = errors.New("interrupted")
	}
	if err != nil && !errors.Is(err, errFailed) {
		width, _ := out.size()
		fmt.Fprintln(os.Stderr, wrap(fmt.Sprint("workshop: ", err), width))
	}
	switch {
	case errors.Is(err, errUsage):
		os.Exit(2)
	case err != nil:
		os.Exit(1)
	}
}

// run runs the command that args name.
func run(ctx context.Context, args []string, out *terminal) error {
	if len(args) == 0 {
		args = []string{"status"}
	}
	isHelp := func(arg string) bool { return arg == "-h" || arg == "-help" || arg == "--help" }
	if args[0] == "help" || slices.ContainsFunc(args, isHelp) {
		out.printf("go tool workshop [command]\n\n")
		for _, c := range commands {
			out.printf("  %-35s %s\n", c.name+" "+c.arguments, c.does)
		}
		out.printf("\nAn exercise is 02 or 02-errgroup. A part is 02/fetch_all or FetchLimit.\n")
		return nil
	}
	var names []string
	for _, c := range commands {
		names = append(names, c.name)
	}
	i := slices.Index(names, args[0])
	if i < 0 {
		return noSuch("command", args[0], names)
	}
	r, err := openRepo(".")
	if err != nil {
		return err
	}
	stopOnSignal(out)
	a := &app{out: out, repo: r, memory: openMemory(r.root)}
	return commands[i].run(a, ctx, args[1:])
}

// noMore returns an error if there are arguments left.
func noMore(args []string) error {
	if len(args) > 0 {
		return fmt.Errorf("unexpected argument %q; %w", args[0], errUsage)
	}
	return nil
}
