//go:build !windows

package main

import (
	"os"
	"os/exec"
	"os/signal"
	"syscall"
	"time"
)

// endings are the signals that end the program: Ctrl-C, a polite end, and a
// terminal window that was closed.
var endings = []os.Signal{os.Interrupt, syscall.SIGTERM, syscall.SIGHUP}

// ownGroup makes the command start in a process group of its own.
func ownGroup(c *exec.Cmd) { c.SysProcAttr = &syscall.SysProcAttr{Setpgid: true} }

// endGroup ends all processes of the group that p has begun.
func endGroup(p *os.Process) { syscall.Kill(-p.Pid, syscall.SIGKILL) }

// stopOnSignal makes Ctrl-Z stop the program. The terminal tells the program and
// go tool, which tells the program again, and doesn't stop. So the second time
// within a second is none.
func stopOnSignal(t *terminal) {
	stops := make(chan os.Signal, 1)
	signal.Notify(stops, syscall.SIGTSTP)
	go func() {
		var resumed time.Time
		for range stops {
			if time.Since(resumed) > time.Second {
				t.stop()
				resumed = time.Now()
			}
		}
	}()
}

// stopGroup stops the program, and go tool with it, and returns when the shell
// has let them go on. Without a shell nobody would.
func stopGroup() {
	continued := make(chan os.Signal, 1)
	signal.Notify(continued, syscall.SIGCONT)
	defer signal.Stop(continued)
	session, _, _ := syscall.Syscall(syscall.SYS_GETSID, 0, 0, 0)
	if int(session) != syscall.Getpgrp() && syscall.Kill(0, syscall.SIGSTOP) == nil {
		<-continued // Kill can return a moment before the program stops
	}
}
