package proof

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"example.com/errgroup-workshop/internal/rehearsal"
)

// A result is what a run of go test said.
type result struct {
	err     error  // nil if all tests passed
	built   bool   // whether the tests could be built
	output  string // all of it, as go test -v prints it
	ran     []string
	passed  []string
	elapsed time.Duration // of the package's tests, as go test counts it
	tests   map[string]string
}

// failed reports whether the test was run and has not passed: it failed, or
// the run ended in it.
func (r result) failed(test string) bool {
	test = rewrite(test)
	return slices.Contains(r.ran, test) && !slices.Contains(r.passed, test)
}

// failures returns the output of the tests that have not passed, or all of it
// if that is none.
func (r result) failures() string {
	var output strings.Builder
	for _, test := range r.ran {
		if r.failed(test) {
			output.WriteString(r.tests[test])
		}
	}
	if output.Len() == 0 {
		return r.output
	}
	return output.String()
}

// test runs the exercise's tests over its solution with files laid above it.
// If pattern is not empty, it runs those that the pattern fits, as go test
// -run does. When the calling test runs with the race detector, so do they.
func (e exercise) test(t testing.TB, files map[string]string, pattern string, flags ...string) result {
	t.Helper()
	flags = append(flags, "-overlay="+e.writeOverlay(t, files), "-run="+pattern)
	if rehearsal.RaceEnabled && !slices.Contains(flags, "-race") {
		flags = append(flags, "-race")
	}
	return goTest(t, e.root, "./"+e.name, flags...)
}

// goTest runs go test in the folder dir for one package.
func goTest(t testing.TB, dir, pkg string, flags ...string) result {
	t.Helper()
	// -count=1: the go command doesn't repeat a test whose result it knows, and
	// our caller may want it repeated.
	args := append([]string{"test", "-json", "-count=1"}, flags...)
	command := exec.Command("go", append(args, pkg)...)
	command.Dir = dir
	// The race detector waits for a second before a process ends.
	command.Env = append(os.Environ(), "GORACE=atexit_sleep_ms=0 "+os.Getenv("GORACE"))
	var stderr bytes.Buffer
	command.Stderr = &stderr
	stdout, err := command.Output()
	if exit := (*exec.ExitError)(nil); err != nil && !errors.As(err, &exit) {
		t.Fatalf("go test can't be run: %v", err)
	}
	r := parseEvents(stdout)
	r.err = err
	r.output += stderr.String()
	return r
}

// parseEvents reads the output of go test -json; see go doc cmd/test2json.
func parseEvents(stdout []byte) result {
	r := result{built: true, tests: make(map[string]string)}
	var output strings.Builder
	lines := bufio.NewScanner(bytes.NewReader(stdout))
	lines.Buffer(nil, len(stdout)+1)
	for lines.Scan() {
		var event struct {
			Action, Test, Output, FailedBuild string
			Elapsed                           float64 // seconds
		}
		if err := json.Unmarshal(lines.Bytes(), &event); err != nil {
			fmt.Fprintln(&output, lines.Text()) // not of go test -json
			continue
		}
		switch event.Action {
		case "run":
			r.ran = append(r.ran, event.Test)
		case "pass":
			if event.Test != "" {
				r.passed = append(r.passed, event.Test)
			}
		case "output", "build-output":
			output.WriteString(event.Output)
			r.tests[event.Test] += event.Output
		case "build-fail":
			r.built = false
		}
		if event.Test == "" && event.Elapsed > 0 {
			r.elapsed = time.Duration(event.Elapsed * float64(time.Second))
		}
		if event.FailedBuild != "" {
			r.built = false
		}
	}
	r.output = output.String()
	return r
}

// rewrite returns the name of a test as go test prints it.
func rewrite(test string) string { return strings.ReplaceAll(test, " ", "_") }

// runPattern returns the value of -run for one test.
func runPattern(test string) string {
	elements := strings.Split(rewrite(test), "/")
	for i, element := range elements {
		elements[i] = "^" + regexp.QuoteMeta(element) + "$"
	}
	return strings.Join(elements, "/")
}
