package main

import (
	"os"
	"os/exec"
	"strconv"
	"syscall"
)

// endings are the signals that end the program; Windows sends SIGTERM when a
// console window is closed.
var endings = []os.Signal{os.Interrupt, syscall.SIGTERM}

// endTogether makes the end of the command's context end all processes that the
// command has started: go test starts the compiler and the tests, which would
// go on without it.
func endTogether(command *exec.Cmd) {
	command.SysProcAttr = &syscall.SysProcAttr{CreationFlags: syscall.CREATE_NEW_PROCESS_GROUP}
	command.Cancel = func() error {
		return exec.Command("taskkill", "/T", "/F", "/PID", strconv.Itoa(command.Process.Pid)).Run()
	}
}
