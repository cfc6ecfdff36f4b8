//go:build !windows

package main

import (
	"os"
	"os/exec"
	"syscall"
)

// endings are the signals that end the program: Ctrl-C, a polite end, and a
// terminal window that was closed.
var endings = []os.Signal{os.Interrupt, syscall.SIGTERM, syscall.SIGHUP}

// endTogether makes the end of the command's context end all processes that the
// command has started: go test starts the compiler and the tests, which would
// go on without it.
func endTogether(command *exec.Cmd) {
	command.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	command.Cancel = func() error { return syscall.Kill(-command.Process.Pid, syscall.SIGKILL) }
}
