// Package gotest reads what go test prints, names the tests for its flag -run,
// and knows whether go test -race can run here.
package gotest

import (
	"bytes"
	"encoding/json"
	"regexp"
	"slices"
	"strings"
)

// NoSleep is the setting for the environment variable GORACE that keeps the
// race detector from waiting for a second before a process ends.
const NoSleep = "atexit_sleep_ms=0"

// Framing are the lines by which package testing says that a test begins, goes
// on, or has ended.
var Framing = regexp.MustCompile(`(?m)^ *(?:=== (?:RUN|PAUSE|CONT|NAME) |--- (?:PASS|FAIL|SKIP): ).*\n`)

// A Result is what the tests of one package did.
type Result struct {
	Built   bool              // whether the tests could be built
	Passed  bool              // whether the package passed
	Output  string            // all of it, as go test -v prints it
	Ran     []string          // the tests that began, in their order
	Good    []string          // the tests that passed
	Bad     []string          // the tests that failed and came to their end
	Skipped []string          // the tests that were skipped
	Tests   map[string]string // what each test printed itself

	printed map[string]*strings.Builder // becomes Tests
}

// Failed reports whether the test began, and has neither passed nor been
// skipped: it failed, or the run ended in it. A test that ran several times
// (-count) has failed if it did so once.
func (r *Result) Failed(test string) bool {
	return times(test, r.Ran) > times(test, r.Good, r.Skipped)
}

// Unfinished reports whether the test began, and the run ended in it without a
// word about it, as os.Exit ends it.
func (r *Result) Unfinished(test string) bool {
	return times(test, r.Ran) > times(test, r.Good, r.Skipped, r.Bad)
}

// times counts how often the test is in lists.
func times(test string, lists ...[]string) (n int) {
	for _, list := range lists {
		for _, other := range list {
			if other == test {
				n++
			}
		}
	}
	return n
}

// Failures returns the tests that have not passed, except those that failed
// because of a test inside them.
func (r *Result) Failures() []string {
	var failures []string
	for _, test := range r.Ran {
		if !r.Failed(test) || slices.Contains(failures, test) {
			continue
		}
		inside := func(other string) bool { return strings.HasPrefix(other, test+"/") && r.Failed(other) }
		if !slices.ContainsFunc(r.Ran, inside) {
			failures = append(failures, test)
		}
	}
	return failures
}

// event is a line of go test -json; see go doc cmd/test2json.
type event struct {
	Action, Package, ImportPath, Test, Output, FailedBuild string
}

// Read reads the output of go test -json, and returns the results by the import
// path of the package. A line that isn't JSON belongs to each of them.
func Read(stdout []byte) map[string]*Result {
	results := make(map[string]*Result)
	outputs := make(map[string]*strings.Builder) // of packages, and of builds
	output := func(of string) *strings.Builder {
		if outputs[of] == nil {
			outputs[of] = new(strings.Builder)
		}
		return outputs[of]
	}
	for line := range bytes.Lines(stdout) {
		var e event
		switch {
		case json.Unmarshal(line, &e) != nil:
			output("").Write(line)
		case e.Package == "":
			output(e.ImportPath).WriteString(e.Output)
		default:
			r := results[e.Package]
			if r == nil {
				r = &Result{Built: true, Tests: make(map[string]string), printed: make(map[string]*strings.Builder)}
				results[e.Package] = r
			}
			r.add(e)
			if e.FailedBuild != "" {
				output(e.Package).WriteString(output(e.FailedBuild).String())
			}
			output(e.Package).WriteString(e.Output)
		}
	}
	for pkg, r := range results {
		r.Output = output("").String() + output(pkg).String()
		for test, printed := range r.printed {
			r.Tests[test] = printed.String()
		}
	}
	return results
}

func (r *Result) add(e event) {
	switch e.Action {
	case "run":
		r.Ran = append(r.Ran, e.Test)
	case "pass":
		if e.Test == "" {
			r.Passed = true
		} else {
			r.Good = append(r.Good, e.Test)
		}
	case "fail":
		if e.Test != "" {
			r.Bad = append(r.Bad, e.Test)
		}
	case "skip":
		r.Skipped = append(r.Skipped, e.Test)
	case "output":
		if Framing.MatchString(e.Output) {
			break
		}
		if r.printed[e.Test] == nil {
			r.printed[e.Test] = new(strings.Builder)
		}
		r.printed[e.Test].WriteString(e.Output)
	}
	if e.FailedBuild != "" {
		r.Built = false
	}
}
