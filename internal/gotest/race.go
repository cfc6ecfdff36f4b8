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
	// A program with -race must be linked to know: its runtime is in C.
	output, err := exec.Command("go", "test", "-race", "-run=^$", "errors").CombinedOutput()
	return err == nil, strings.TrimSpace(string(output))
})
