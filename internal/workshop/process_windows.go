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

// ownGroup makes the command start in a process group of its own.
func ownGroup(c *exec.Cmd) {
	c.SysProcAttr = &syscall.SysProcAttr{CreationFlags: syscall.CREATE_NEW_PROCESS_GROUP}
}

// endGroup ends p and all processes that it has started.
func endGroup(p *os.Process) {
	exec.Command("taskkill", "/T", "/F", "/PID", strconv.Itoa(p.Pid)).Run()
}

// Windows has no Ctrl-Z that stops a program.
func stopOnSignal(*terminal) {}
func stopGroup()             {}
