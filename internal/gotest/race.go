package gotest

import (
	"os/exec"
	"strings"
	"sync"
)

// RaceWorks reports whether go test -race can run here, and if not, what the
// go command says about it. It needs a C compiler on most systems, and not
// every processor has it.
var RaceWorks = sync.OnceValues(func() (ok bool, why string) {
	return Race(exec.Command("go", RaceProbe...))
})

// RaceProbe are the arguments of the go command that finds out whether the race
// detector works. A program must be linked to know: its runtime is in C. The
// first time, the command compiles a part of the standard library, which can
// take a minute.
var RaceProbe = []string{"test", "-race", "-run=^$", "-exec=", "errors"}

// Race runs a go command with the arguments RaceProbe, and reports whether the
// race detector works, and if not, what the go command says about it.
func Race(probe *exec.Cmd) (ok bool, why string) {
	output, err := probe.CombinedOutput()
	for line := range strings.Lines(string(output)) {
		// A line such as "# runtime/cgo" says where, and not what.
		if line = strings.TrimSpace(line); line != "" && !strings.HasPrefix(line, "#") {
			return err == nil, line
		}
	}
	if err != nil {
		return false, err.Error()
	}
	return true, ""
}
