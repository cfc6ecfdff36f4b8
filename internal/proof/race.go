package proof

import (
	"os/exec"
	"strings"
	"sync"
	"testing"
)

// raceWorks reports whether go test -race can run here, and if not, what the
// go command says about it. It needs a C compiler on most systems, and not
// every processor has it.
var raceWorks = sync.OnceValues(func() (ok bool, why string) {
	// A program with -race must be linked to know: its runtime is in C.
	output, err := exec.Command("go", "test", "-race", "-run=^$", "errors").CombinedOutput()
	return err == nil, strings.TrimSpace(string(output))
})

// wantRace skips the test where go test -race can't run.
func wantRace(t testing.TB) {
	t.Helper()
	if ok, why := raceWorks(); !ok {
		t.Skipf("only the race detector sees this mistake, and go test -race can't run here: %s", why)
	}
}
