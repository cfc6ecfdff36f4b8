package program

import (
	"os"
	"runtime"
	"strings"
)

// Interrupt interrupts the process, as Ctrl-C does, once every other goroutine
// waits for something: a program that was started by [RunInRealTime] has by then
// whatever it can have without waiting for time.
func Interrupt() {
	for busy() {
		runtime.Gosched()
	}
	if process, err := os.FindProcess(os.Getpid()); err == nil {
		process.Signal(os.Interrupt)
	}
}

// busy reports whether a goroutine besides the caller's does something.
func busy() bool {
	dump := make([]byte, 1<<20)
	dump = dump[:runtime.Stack(dump, true)]
	_, others, _ := strings.Cut(string(dump), "\n\n") // the caller comes first
	for goroutine := range strings.SplitSeq(others, "\n\n") {
		header, _, _ := strings.Cut(goroutine, "\n")
		switch {
		case strings.Contains(goroutine, "os/signal.signal_recv"): // it waits in a system call
		case strings.Contains(header, "[runn"), strings.Contains(header, "[syscall"):
			return true
		}
	}
	return false
}
