package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"runtime"
	"time"

	"example.com/errgroup-workshop/internal/gotest"
)

// goCommand returns the go command with args, in the clone. The end of ctx ends
// it with all that it has started.
func (a *app) goCommand(ctx context.Context, args ...string) *exec.Cmd {
	self, err := os.Executable()
	c := exec.CommandContext(ctx, self, append([]string{guardName, "go"}, args...)...)
	c.Dir = a.repo.root
	// GOOS and GOARCH may be set for a program that a learner builds for elsewhere.
	c.Env = append(c.Environ(), "GOOS="+runtime.GOOS, "GOARCH="+runtime.GOARCH, "GORACE="+gotest.NoSleep+" "+os.Getenv("GORACE"))
	if !a.raceWorks && a.raceWhy != "" {
		c.Env = append(c.Env, "CGO_ENABLED=0") // net would want the C compiler that is missing
	}
	alive, pipeErr := c.StdinPipe()
	c.Err = errors.Join(c.Err, err, pipeErr) // for Start
	ownGroup(c)                              // what a terminal sends goes to the program alone
	c.Cancel = func() error { return alive.Close() }
	c.WaitDelay = 10 * time.Second // for a process that got out of reach
	return c
}

// guardName is the command by which the program calls itself to run guard.
const guardName = "run-guarded"

// guard runs a command with its own folder for temporary files, and
// returns its exit status. At the end of standard input it ends the command with
// all that it has started: the tests, too, end with a program that was killed.
func guard(args []string) int {
	dir, err := os.MkdirTemp(os.Getenv("GOTMPDIR"), "workshop")
	defer persist(func() error { return os.RemoveAll(dir) })
	c := exec.Command(args[0], args[1:]...)
	c.Env = append(os.Environ(), "GOTMPDIR="+dir)
	c.Stdout, c.Stderr = os.Stdout, os.Stderr
	ownGroup(c)
	if err == nil {
		err = c.Start()
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	go func() {
		io.Copy(io.Discard, os.Stdin)
		endGroup(c.Process)
	}()
	c.Wait()
	if runtime.GOOS != "windows" { // where nothing tells any more what it has started
		endGroup(c.Process)
	}
	return c.ProcessState.ExitCode()
}

// persist calls f again for some seconds where other programs keep it from what
// it does: on Windows, a file that is open can't be removed or replaced.
func persist(f func() error) (err error) {
	for range 100 {
		if err = f(); err == nil || errors.Is(err, fs.ErrNotExist) || runtime.GOOS != "windows" {
			break
		}
		time.Sleep(50 * time.Millisecond)
	}
	return err
}
