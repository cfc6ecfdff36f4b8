package gotest

import (
	"slices"
	"strings"
	"testing"
)

// What go test -json printed for a package that doesn't build, and for one
// that panics in its second test; shortened.
const recorded = `go: downloading nothing
{"ImportPath":"m/a [m/a.test]","Action":"build-output","Output":"# m/a [m/a.test]\n"}
{"ImportPath":"m/a [m/a.test]","Action":"build-output","Output":"a/a.go:3:1: syntax error\n"}
{"ImportPath":"m/a [m/a.test]","Action":"build-fail"}
{"Action":"start","Package":"m/a"}
{"Action":"output","Package":"m/a","Output":"FAIL\tm/a [build failed]\n"}
{"Action":"fail","Package":"m/a","Elapsed":0,"FailedBuild":"m/a [m/a.test]"}
{"Action":"start","Package":"m/b"}
{"Action":"run","Package":"m/b","Test":"TestGood"}
{"Action":"pass","Package":"m/b","Test":"TestGood","Elapsed":0}
{"Action":"run","Package":"m/b","Test":"TestBad"}
{"Action":"run","Package":"m/b","Test":"TestBad/inner"}
{"Action":"output","Package":"m/b","Test":"TestBad/inner","Output":"=== RUN   TestBad/inner\n"}
{"Action":"output","Package":"m/b","Test":"TestBad/inner","Output":"panic: no\n"}
{"Action":"output","Package":"m/b","Test":"TestBad/inner","Output":"    --- FAIL: TestBad/inner (0.00s)\n"}
{"Action":"fail","Package":"m/b","Test":"TestBad/inner","Elapsed":0}
{"Action":"fail","Package":"m/b","Elapsed":1.5}
`

func TestRead(t *testing.T) {
	results := Read([]byte(recorded))
	if len(results) != 2 {
		t.Fatalf("got %d results; want 2", len(results))
	}
	a, b := results["m/a"], results["m/b"]
	if a.Built || !strings.Contains(a.Output, "syntax error") || len(a.Ran) > 0 {
		t.Errorf("got %+v for a package with a syntax error; want one that isn't built, with the error", a)
	}
	if !b.Built || b.Passed || strings.Contains(b.Output, "syntax error") || b.Tests["TestBad/inner"] != "panic: no\n" {
		t.Errorf("got %+v for a package that panics; want one that was built and failed, with the panic", b)
	}
	if got, want := b.Failures(), []string{"TestBad/inner"}; !slices.Equal(got, want) || b.Failed("TestGood") || !b.Failed("TestBad") {
		t.Errorf("got the failures %q of the tests %q; want %q", got, b.Ran, want)
	}
	if !strings.HasPrefix(b.Output, "go: downloading nothing\n") {
		t.Errorf("got the output %q; want it to begin with what the go command said", b.Output)
	}
}

func TestParse(t *testing.T) {
	const good = "=== RUN   TestGood\n--- PASS: TestGood (0.00s)\n"
	for _, tt := range []struct {
		name, output  string
		failed        []string
		good, skipped int
		passed        bool
	}{
		{name: "all pass", output: good + "PASS\n", good: 1, passed: true},
		{name: "nothing ran", output: "testing: warning: no tests to run\nPASS\n"},
		{
			name: "one inside another fails",
			output: good + "=== RUN   TestBad\n=== RUN   TestBad/inner\n    x_test.go:1: no\n" +
				"    --- FAIL: TestBad/inner (0.00s)\n--- FAIL: TestBad (0.00s)\nFAIL\n",
			failed: []string{"TestBad/inner"},
			good:   1,
		},
		{name: "one ends the run", output: good + "=== RUN   TestBad\npanic: no\n", failed: []string{"TestBad"}, good: 1},
		{
			name:    "one is skipped",
			output:  good + "=== RUN   TestNone\n--- SKIP: TestNone (0.00s)\nPASS\n",
			good:    1,
			skipped: 1,
			passed:  true,
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			r := Parse(tt.output)
			if got := r.Failures(); !slices.Equal(got, tt.failed) || len(r.Good) != tt.good || len(r.Skipped) != tt.skipped {
				t.Errorf("got the failures %q, the good %q and the skipped %q; want the failures %q, %d good and %d skipped",
					got, r.Good, r.Skipped, tt.failed, tt.good, tt.skipped)
			}
			if r.Passed != tt.passed || !r.Built || r.Output != tt.output {
				t.Errorf("got %+v; want it built, with its output, and passed: %t", r, tt.passed)
			}
		})
	}
}
