package rehearsal

import (
	"flag"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
)

var update = flag.Bool("update", false, "write what the tests print to testdata/verdicts.txt")

// TestVerdicts runs the tests in testdata/verdicts, which use the kit on
// wrong code, and compares what a learner would read with verdicts.txt. A test
// that is meant to hang takes the watchdog's time; -short leaves those out.
func TestVerdicts(t *testing.T) {
	const golden = "testdata/verdicts.txt"
	binary := filepath.Join(t.TempDir(), "verdicts.test")
	args := []string{"test", "-c", "-o", binary}
	if RaceEnabled {
		args = append(args, "-race") // a data race of the kit would be a learner's riddle
	}
	if output, err := exec.Command("go", append(args, "./testdata/verdicts")...).CombinedOutput(); err != nil {
		t.Fatalf("the tests in testdata/verdicts don't build: %v\n%s", err, output)
	}
	got := make(map[string]string)
	var mu sync.Mutex
	var wg sync.WaitGroup
	names := strings.Fields(run(t, binary, "-test.list=.*"))
	for _, name := range names {
		if testing.Short() && strings.HasPrefix(name, "TestHang") {
			continue
		}
		wg.Go(func() { // all at the same time: those that hang take seconds
			output := run(t, binary, "-test.run=^"+name+"$")
			mu.Lock()
			defer mu.Unlock()
			got[name] = output
		})
	}
	wg.Wait()

	if *update {
		var b strings.Builder
		for _, name := range names {
			b.WriteString("-- " + name + " --\n" + got[name])
		}
		if err := os.WriteFile(golden, []byte(b.String()), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	want := sections(t, golden)
	for name, output := range got {
		if name == "TestSceneRaces" && RaceEnabled { // what the race detector prints differs from run to run
			for _, want := range []string{"WARNING: DATA RACE", "CountUnlocked is wrong", "one of 300 random scenes"} {
				if !strings.Contains(output, want) {
					t.Errorf("%s prints\n%s\nwant %q in it", name, output, want)
				}
			}
			continue
		}
		if output != want[name] {
			t.Errorf("%s prints\n%s\nwant\n%s\n(if that is right: go test -update)", name, output, want[name])
		}
	}
	for name := range want {
		if _, ok := got[name]; !ok && !testing.Short() {
			t.Errorf("%s tells of %s, which is no test", golden, name)
		}
	}
}

var (
	durations = regexp.MustCompile(`\(\d+\.\d+s\)`)
	// What the runtime prints of a goroutine that panics: a head line and a stack.
	panicked = regexp.MustCompile(`(?m)^goroutine \d+ (\[running.*) \d+( labels:.*\]:)\n(.+\n)+`)
)

// run runs the binary in testdata/verdicts and returns what it prints, without
// times and the stacks of panics. The binary has a timeout, as without one the
// watchdog doesn't look on.
func run(t *testing.T, binary string, args ...string) string {
	command := exec.Command(binary, append(args, "-test.timeout=1h")...)
	command.Dir = filepath.Join("testdata", "verdicts")
	output, err := command.CombinedOutput()
	if _, failed := err.(*exec.ExitError); err != nil && !failed {
		t.Error(err)
	}
	text := strings.ReplaceAll(string(output), "\r\n", "\n")
	text = panicked.ReplaceAllString(text, "goroutine N $1 N$2\n...\n")
	return durations.ReplaceAllString(text, "(0.00s)")
}

// sections reads a file of sections, each below a line like "-- name --".
func sections(t *testing.T, path string) map[string]string {
	t.Helper()
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	all := make(map[string]string)
	name := ""
	for line := range strings.Lines(strings.ReplaceAll(string(content), "\r\n", "\n")) {
		if rest, ok := strings.CutPrefix(line, "-- "); ok {
			name = strings.TrimSuffix(rest, " --\n")
			continue
		}
		all[name] += line
	}
	return all
}
