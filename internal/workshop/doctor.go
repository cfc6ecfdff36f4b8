package main

import (
	"cmp"
	"context"
	"fmt"
	"os"
	"runtime"
	"strings"
)

// A checkup is one run of doctor.
type checkup struct {
	*app
	ctx context.Context
	bad bool
}

// doctor looks whether everything is here that the workshop needs, downloads
// what is missing, and fills the build cache, so that a class needs no network.
func (a *app) doctor(ctx context.Context, args []string) error {
	if err := noMore(args); err != nil {
		return err
	}
	const (
		network = "connect to the network, and run this again; behind a proxy, ask for the value of GOPROXY"
		restore = "read the error above; a changed file in internal or solutions? git restore internal solutions"
	)
	d := &checkup{app: a, ctx: ctx}
	d.run("Go", "", "install a newer Go from https://go.dev/dl/", "env", "GOVERSION")
	d.run("modules", "here", network, "list", "-deps", "-test", "./...")
	var err error
	if changed := a.repo.changed(); len(changed) > 0 {
		err = fmt.Errorf("changed, or gone: %s", strings.Join(changed, ", "))
	}
	d.report("tests", "as they were shipped", "bring them back: git restore and the name of the file", err)
	works, err := a.race(ctx) // without a C compiler, the steps below need none either
	d.run("build cache", "warm", restore, "test", "-run=^$", "./internal/...", "./solutions/...")
	if works {
		d.run("race detector", "works, and its build cache is warm", restore,
			"test", "-race", "-run=^$", "./internal/...", "./solutions/...")
	} else if err == nil {
		a.out.printf("--   %-15s  %s\n     nearly everything works without it; to have it, %s\n",
			"race detector", a.raceWhy, compiler())
	}
	os.Setenv("GOPROXY", "off")
	os.Setenv("GOTOOLCHAIN", "local")
	d.run("without network", "the solutions pass their tests", network,
		"test", "-count=1", "-run=TestSolution", "./solutions/...")
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case d.bad:
		return errFailed
	}
	a.out.printf("\nEverything is here. From now on you need no network.\n")
	return nil
}

// compiler says what to do for the C compiler that the race detector needs.
func compiler() string {
	switch runtime.GOOS {
	case "windows":
		return "install gcc (winget install BrechtSanders.WinLibs.POSIX.UCRT), open a new terminal, and type: go env -w CGO_ENABLED=1"
	case "darwin":
		return "type: xcode-select --install"
	}
	return "install gcc (sudo apt install gcc, sudo dnf install gcc), and type: go env -w CGO_ENABLED=1"
}

// run runs the go command, and reports found, or if that is "", what the command
// prints; or what went wrong.
func (d *checkup) run(what, found, advice string, args ...string) {
	if d.out.control {
		d.out.printf("..   %s ...\r", what) // the report covers this line
	}
	output, err := d.goCommand(d.ctx, args...).CombinedOutput()
	text := strings.TrimSpace(string(output))
	if err != nil {
		err = fmt.Errorf("go %s: %w\n%s", args[0], err, shorten(text))
	}
	d.report(what, cmp.Or(found, text), advice, err)
}

// report prints what a step has found, or its error and what to do.
func (d *checkup) report(what, found, advice string, err error) {
	switch {
	case d.ctx.Err() != nil:
	case err != nil:
		d.bad = true
		d.out.printf("%s %-15s  %s\n     do: %s\n", d.out.red("FAIL"), what, err, advice)
	default:
		d.out.printf("%s %-15s  %s\n", d.out.green("ok  "), what, found)
	}
}
