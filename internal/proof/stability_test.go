package proof

import (
	"flag"
	"os/exec"
	"path/filepath"
	"runtime"
	"testing"

	"example.com/errgroup-workshop/internal/gotest"
	"example.com/errgroup-workshop/internal/proof/gallery"
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
				binary := e.buildTests(t, race, "-overlay="+e.writeOverlay(t, nil))
				failures := 0
				for range *repeat {
					if r := runBinary(t, binary, e.folder, nil); r.err != nil {
						if failures++; failures == 1 {
							t.Errorf("the first failure:\n%s", r.Output)
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
		mistakes, err := gallery.Mistakes(e.solution)
		if err != nil {
			t.Fatal(err)
		}
		programs := map[bool]*program{false: e.newProgram(t, false), true: e.newProgram(t, true)}
		answers := make(map[string]*answer)
		for _, m := range mistakes {
			if m.Err == nil {
				answers[m.Name] = programs[m.NeedsRace].add(t, m.Answer)
			}
		}
		for _, m := range mistakes {
			t.Run(e.name+"/"+m.Name, func(t *testing.T) {
				if m.Err != nil {
					t.Fatal(m.Err)
				}
				if m.NeedsRace {
					wantRace(t)
				}
				wantProcessors(t, m)
				for run := range max(1, *repeat/10) {
					r, err := answers[m.Name].refuse(t, m)
					if err != nil {
						t.Fatalf("in run %d: %v\n%s", run, err, r.Output)
					}
					if m.NeedsWatchdog {
						break // each run takes its second, and chance has no part in it
					}
				}
			})
		}
	}
}

// wantRace skips the test where go test -race can't run.
func wantRace(t testing.TB) {
	t.Helper()
	if ok, why := gotest.RaceWorks(); !ok {
		t.Skipf("go test -race can't run here: %s", why)
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

// buildTests builds the exercise's tests, and returns the path of the binary.
func (e exercise) buildTests(t *testing.T, race bool, flags ...string) string {
	t.Helper()
	binary := filepath.Join(t.TempDir(), "suite.test.exe")
	args := append([]string{"test", "-c", "-o", binary}, flags...)
	if race {
		args = append(args, "-race")
	}
	command := exec.Command("go", append(args, "./"+e.name)...)
	command.Dir = e.root
	command.Env = command.Environ() // it sets PWD, see goTest
	if output, err := command.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, output)
	}
	return binary
}
