package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os/exec"
	"runtime"
	"strings"
	"time"

	"example.com/errgroup-workshop/internal/gotest"
)

// doctor looks whether all is here that the workshop needs, fetches what can be
// fetched, and fills the build cache, so that a class needs no network.
func (a *app) doctor(ctx context.Context, args []string) error {
	if err := noMore(args); err != nil {
		return err
	}
	d := &examination{app: a, ctx: ctx, began: time.Now()}
	d.look("Go", func() (string, error) {
		version, err := d.goCommand(nil, "env", "GOVERSION")
		return version + " (the workshop needs go1.26 or newer)", err
	}, "install a newer Go from https://go.dev/dl/")
	d.look("modules", func() (string, error) {
		list := []string{"list", "-deps", "-test", "-f", "{{with .Module}}{{if not .Main}}{{.Path}} {{.Version}}{{end}}{{end}}", "./..."}
		modules, err := d.goCommand(nil, list...)
		return strings.Join(uniqueLines(modules), ", "), err
	}, "connect to the network, and run this again; behind a proxy, ask for the value of GOPROXY")
	d.look("tests", func() (string, error) {
		changed, err := a.repo.changed()
		if err == nil && len(changed) > 0 {
			err = errors.New(strings.Join(changed, ", "))
		}
		return "as they were shipped", err
	}, "bring them back: git restore and the name of the file")
	d.look("build cache", func() (string, error) {
		_, err := d.goCommand(nil, "test", "-run=^$", "./internal/...", "./solutions/...")
		return "warm", err
	}, "read the error above; a changed file in internal or solutions? git restore internal solutions")
	if ok, why := gotest.RaceWorks(); ok {
		d.look("race detector", func() (string, error) {
			_, err := d.goCommand(nil, "test", "-race", "-run=^$", "./internal/...", "./solutions/...")
			return "works, and its build cache is warm", err
		}, "read the error above")
	} else {
		d.later("race detector", strings.SplitN(why, "\n", 2)[0], compilerAdvice())
	}
	d.look("without network", func() (string, error) {
		offline := []string{"GOPROXY=off", "GOTOOLCHAIN=local"}
		_, err := d.goCommand(offline, "test", "-count=1", "-run=TestSolution", "./solutions/...")
		return "the solutions pass their tests", err
	}, "connect to the network, and run this again")
	if _, err := exec.LookPath("git"); err != nil {
		d.later("git", "not found", "nothing here needs it, but it is handy: https://git-scm.com")
	} else {
		d.say(a.out.green("ok"), "git", "found", 0)
	}
	a.out.printf("\n%v in all\n", time.Since(d.began).Round(100*time.Millisecond))
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	if d.bad {
		return errFailed
	}
	a.out.printf("All is here. From now on you need no network.\n")
	return nil
}

// compilerAdvice says what to install for the race detector.
func compilerAdvice() string {
	advice := "nearly everything shows without it; "
	switch runtime.GOOS {
	case "windows":
		return advice + "to have it, install gcc (winget install BrechtSanders.WinLibs.POSIX.UCRT), open a new terminal, and type: go env -w CGO_ENABLED=1"
	case "darwin":
		return advice + "to have it, type: xcode-select --install"
	}
	return advice + "to have it, install gcc (sudo apt install gcc, sudo dnf install gcc), and type: go env -w CGO_ENABLED=1"
}

// An examination is one run of doctor.
type examination struct {
	*app
	ctx   context.Context
	began time.Time
	bad   bool
}

// look runs a step, and prints what came out, or what to do.
func (d *examination) look(what string, step func() (string, error), advice string) {
	began := time.Now()
	found, err := step()
	switch {
	case d.ctx.Err() != nil:
	case err != nil:
		d.bad = true
		d.say(d.out.red("FAIL"), what, err.Error(), 0)
		d.out.printf("     do: %s\n", advice)
	default:
		d.say(d.out.green("ok"), what, found, time.Since(began))
	}
}

// later prints what is missing and isn't needed.
func (d *examination) later(what, found, advice string) {
	d.say("--", what, found, 0)
	d.out.printf("     %s\n", advice)
}

func (d *examination) say(mark, what, found string, took time.Duration) {
	duration := ""
	if took >= 100*time.Millisecond {
		duration = fmt.Sprintf(" (%v)", took.Round(100*time.Millisecond))
	}
	d.out.printf("%s%s %-15s  %s%s\n", mark, strings.Repeat(" ", max(0, 4-visible(mark))), what, found, duration)
}

// visible returns the length of a mark without control codes.
func visible(mark string) int {
	if strings.Contains(mark, "ok") {
		return 2
	}
	return min(4, len(mark))
}

// goCommand runs the go command with more environment, and returns what it
// prints. The error holds the first lines of what went wrong.
func (d *examination) goCommand(environment []string, args ...string) (string, error) {
	command := exec.CommandContext(d.ctx, "go", args...)
	command.Dir = d.repo.root
	command.Env = append(append(command.Environ(), "GORACE="+gotest.NoSleep), environment...)
	command.WaitDelay = time.Second
	endTogether(command)
	var stdout, stderr bytes.Buffer
	command.Stdout, command.Stderr = &stdout, &stderr
	if err := command.Run(); err != nil {
		text, _ := shorten(strings.TrimSpace(stderr.String() + stdout.String()))
		return "", fmt.Errorf("go %s: %w\n%s", args[0], err, text)
	}
	return strings.TrimSpace(stdout.String()), nil
}

// uniqueLines returns the lines of text, each once and without empty ones.
func uniqueLines(text string) []string {
	var lines []string
	seen := make(map[string]bool)
	for line := range strings.Lines(text) {
		if line = strings.TrimSpace(line); line != "" && !seen[line] {
			seen[line] = true
			lines = append(lines, line)
		}
	}
	return lines
}
