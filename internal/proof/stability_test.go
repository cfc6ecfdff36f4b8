package proof

import (
	"errors"
	"flag"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"example.com/errgroup-workshop/internal/gotest"
)

var repeat = flag.Int("repeat", 0, "run each suite this many times under load, plain and with -race, and each mistake once for every ten of them")

// TestStability repeats the suites over the solutions. Nothing may fail.
//
//	go test ./internal/proof -run TestStability -repeat 1000 -timeout 3h -v
func TestStability(t *testing.T) {
	onlyRepeated(t)
	load(t)
	for _, e := range exercises(t) {
		for _, race := range []bool{false, true} {
			name := e.name
			if race {
				name += " -race"
			}
			t.Run(name, func(t *testing.T) {
				if race {
					wantRace(t)
				}
				binary := e.build(t, nil, race)
				failures := 0
				for range *repeat {
					if output, failed := e.runBinary(t, binary, ""); failed {
						if failures++; failures == 1 {
							t.Errorf("the first failure:\n%s", output)
						}
					}
				}
				t.Logf("%d runs, %d failures", *repeat, failures)
			})
		}
	}
}

// TestStabilityOfMistakes repeats the tests that refuse the mistakes. Each
// must be refused each time, with its message.
func TestStabilityOfMistakes(t *testing.T) {
	onlyRepeated(t)
	load(t)
	for _, e := range exercises(t) {
		paths, err := filepath.Glob(filepath.Join(e.solution, "testdata", "mistakes", "*.go"))
		if err != nil {
			t.Fatal(err)
		}
		for _, path := range paths {
			t.Run(e.name+"/"+caseName(path), func(t *testing.T) {
				m, err := readMistake(path)
				if err != nil {
					t.Fatal(err)
				}
				if m.needsRace {
					wantRace(t)
				}
				binary := e.build(t, e.inPlaceOf(t, path), m.needsRace)
				for run := range max(1, *repeat/10) {
					output, failed := e.runBinary(t, binary, runPattern(m.refusedBy))
					if !failed || !strings.Contains(output, m.says) {
						t.Fatalf("in run %d it isn't refused with the message %q:\n%s", run, m.says, output)
					}
					if strings.Contains(m.says, "hangs") {
						break // each run takes the watchdog's seconds, and chance has no part in it
					}
				}
			})
		}
	}
}

func onlyRepeated(t *testing.T) {
	t.Helper()
	if *repeat == 0 {
		t.Skip("go test ./internal/proof -run TestStability -repeat 1000 -timeout 3h repeats the suites")
	}
}

// load keeps twice as many goroutines busy as there are processors, until the
// test ends.
func load(t *testing.T) {
	busy := 2 * runtime.NumCPU()
	before := runtime.GOMAXPROCS(busy + runtime.NumCPU())
	stop := make(chan struct{})
	for range busy {
		go func() {
			for {
				select {
				case <-stop:
					return
				default:
				}
			}
		}()
	}
	t.Cleanup(func() {
		close(stop)
		runtime.GOMAXPROCS(before)
	})
}

// build builds the exercise's tests over its solution with files laid above
// it, and returns the path of the binary.
func (e exercise) build(t *testing.T, files map[string]string, race bool) string {
	t.Helper()
	binary := filepath.Join(t.TempDir(), "suite.test.exe")
	args := []string{"test", "-c", "-overlay=" + e.writeOverlay(t, files), "-o", binary}
	if race {
		args = append(args, "-race")
	}
	command := exec.Command("go", append(args, "./"+e.name)...)
	command.Dir = e.root
	if output, err := command.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, output)
	}
	return binary
}

// runBinary runs the tests that the pattern fits, once.
func (e exercise) runBinary(t *testing.T, binary, pattern string) (output string, failed bool) {
	t.Helper()
	command := exec.Command(binary, "-test.run="+pattern, "-test.timeout=1m")
	command.Dir = e.folder
	command.Env = append(command.Environ(), "GORACE="+gotest.NoSleep+" "+os.Getenv("GORACE"))
	printed, err := command.CombinedOutput()
	if exit := (*exec.ExitError)(nil); err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	return string(printed), err != nil
}
