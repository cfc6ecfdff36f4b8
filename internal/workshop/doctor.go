package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
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
		err = errors.New(strings.Join(changed, ", "))
	}
	d.report("tests", "as they were shipped", "bring them back: git restore and the name of the file", err)
	works, raceErr := a.race(ctx) // without a C compiler, the steps below need none either
	d.run("build cache", "warm", restore, "test", "-run=^$", "./internal/...", "./solutions/...")
	if works {
		d.run("race detector", "works, and its build cache is warm", restore,
			"test", "-race", "-run=^$", "./internal/...", "./solutions/...")
	} else if raceErr == nil {
		d.say("--  ", "race detector", a.raceWhy, compilerAdvice())
	}
	os.Setenv("GOPROXY", "off")
	os.Setenv("GOTOOLCHAIN", "local")
	d.run("without network", "the solutions pass their tests", network,
		"test", "-count=1", "-run=TestSolution", "./solutions/...")
	if _, err := exec.LookPath("git"); err != nil {
		d.say("--  ", "git", "not found", "nothing here needs it, but it is handy: https://git-scm.com")
	} else {
		d.report("git", "found", "", nil)
	}
	switch {
	case ctx.Err() != nil:
		return context.Cause(ctx)
	case d.bad:
		return errFailed
	}
	a.out.printf("\nEverything is here. From now on you need no network.\n")
	return nil
}

// compilerAdvice says what to install for the race detector.
func compilerAdvice() string {
	install := "install gcc (sudo apt install gcc, sudo dnf install gcc), and type: go env -w CGO_ENABLED=1"
	switch runtime.GOOS {
	case "windows":
		install = "install gcc (winget install BrechtSanders.WinLibs.POSIX.UCRT), open a new terminal, and type: go env -w CGO_ENABLED=1"
	case "darwin":
		install = "type: xcode-select --install"
	}
	return "nearly everything works without it; to have it, " + install
}

// run runs the go command, and prints found, or if that is "", what the command
// prints; or what went wrong, and what to do.
func (d *checkup) run(what, found, advice string, args ...string) {
	if d.out.control {
		d.out.printf("..   %s ...\r", what) // the report covers this line
	}
	command := d.goCommand(d.ctx, args...)
	var stdout, stderr bytes.Buffer
	command.Stdout, command.Stderr = &stdout, &stderr
	err := command.Run()
	if err != nil {
		text := strings.TrimSpace(stderr.String() + stdout.String())
		err = fmt.Errorf("go %s: %w\n%s", args[0], err, shorten(text))
	} else if found == "" {
		found = strings.TrimSpace(stdout.String())
	}
	d.report(what, found, advice, err)
}

// report prints what a step has found, or its error and what to do.
func (d *checkup) report(what, found, advice string, err error) {
	switch {
	case d.ctx.Err() != nil:
	case err != nil:
		d.bad = true
		d.say(d.out.red("FAIL"), what, err.Error(), "do: "+advice)
	default:
		d.say(d.out.green("ok  "), what, found, "")
	}
}

func (d *checkup) say(mark, what, found, advice string) {
	d.out.printf("%s %-15s  %s\n", mark, what, found)
	if advice != "" {
		d.out.printf("     %s\n", advice)
	}
}
