package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os/exec"
	"runtime"
	"slices"
	"strings"
	"time"
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
	d := &checkup{app: a, ctx: ctx}
	began := time.Now()
	d.look("Go", "install a newer Go from https://go.dev/dl/", func() (string, error) {
		version, err := d.run(nil, "env", "GOVERSION")
		return version + " (the workshop needs go1.26 or newer)", err
	})
	d.look("modules", "connect to the network, and run this again; behind a proxy, ask for the value of GOPROXY", func() (string, error) {
		modules, err := d.run(nil, "list", "-deps", "-test", "-f", "{{with .Module}}{{if not .Main}}{{.Path}} {{.Version}}{{end}}{{end}}", "./...")
		lines := strings.Split(modules, "\n")
		slices.Sort(lines)
		return strings.Trim(strings.Join(slices.Compact(lines), ", "), ", "), err
	})
	d.look("tests", "bring them back: git restore and the name of the file", func() (string, error) {
		changed, err := a.repo.changed()
		if err == nil && len(changed) > 0 {
			err = errors.New(strings.Join(changed, ", "))
		}
		return "as they were shipped", err
	})
	d.announce("race detector")
	works, raceErr := a.race(ctx) // without a C compiler, the steps below need none either
	const restore = "read the error above; a changed file in internal or solutions? git restore internal solutions"
	d.look("build cache", restore, func() (string, error) {
		_, err := d.run(nil, "test", "-run=^$", "./internal/...", "./solutions/...")
		return "warm", err
	})
	if works {
		d.look("race detector", restore, func() (string, error) {
			_, err := d.run(nil, "test", "-race", "-run=^$", "./internal/...", "./solutions/...")
			return "works, and its build cache is warm", err
		})
	} else if raceErr == nil {
		d.say("--  ", "race detector", a.raceWhy, compilerAdvice())
	}
	d.look("without network", "connect to the network, and run this again", func() (string, error) {
		_, err := d.run([]string{"GOPROXY=off", "GOTOOLCHAIN=local"}, "test", "-count=1", "-run=TestSolution", "./solutions/...")
		return "the solutions pass their tests", err
	})
	if _, err := exec.LookPath("git"); err != nil {
		d.say("--  ", "git", "not found", "nothing here needs it, but it is handy: https://git-scm.com")
	} else {
		d.say(a.out.green("ok  "), "git", "found", "")
	}
	switch {
	case ctx.Err() != nil:
		return context.Cause(ctx)
	case d.bad:
		return errFailed
	}
	a.out.printf("\n%v in all. Everything is here. From now on you need no network.\n", time.Since(began).Round(100*time.Millisecond))
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

// look runs a step, and prints what came out, or what to do.
func (d *checkup) look(what, advice string, step func() (string, error)) {
	d.announce(what)
	began := time.Now()
	found, err := step()
	switch took := time.Since(began).Round(100 * time.Millisecond); {
	case d.ctx.Err() != nil:
	case err != nil:
		d.bad = true
		d.say(d.out.red("FAIL"), what, err.Error(), "do: "+advice)
	case took > 0:
		d.say(d.out.green("ok  "), what, fmt.Sprintf("%s (%v)", found, took), "")
	default:
		d.say(d.out.green("ok  "), what, found, "")
	}
}

// announce prints what begins, on a terminal, where say can write over it.
func (d *checkup) announce(what string) {
	if d.out.control {
		d.out.printf("..   %s ...\r", what)
	}
}

func (d *checkup) say(mark, what, found, advice string) {
	d.out.printf("%s %-15s  %s\n", mark, what, found)
	if advice != "" {
		d.out.printf("     %s\n", advice)
	}
}

// run runs the go command with more environment, and returns what it prints.
// The error holds the first lines of what went wrong.
func (d *checkup) run(environment []string, args ...string) (string, error) {
	command := d.goCommand(d.ctx, args...)
	command.Env = append(command.Env, environment...)
	var stdout, stderr bytes.Buffer
	command.Stdout, command.Stderr = &stdout, &stderr
	if err := command.Run(); err != nil {
		text, _ := shorten(strings.TrimSpace(stderr.String() + stdout.String()))
		return "", fmt.Errorf("go %s: %w\n%s", args[0], err, text)
	}
	return strings.TrimSpace(stdout.String()), nil
}
