package proof

import (
	"bytes"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"example.com/errgroup-workshop/internal/gotest"
	"example.com/errgroup-workshop/internal/module"
	"example.com/errgroup-workshop/internal/proof/gallery"
	"example.com/errgroup-workshop/internal/rehearsal"
)

// A result is what a run of go test for one package said.
type result struct {
	gotest.Result
	err error // nil if all tests passed
}

// failed reports whether the test has not passed, by its name in the code.
func (r result) failed(test string) bool { return r.Failed(gotest.Rewrite(test)) }

// failures returns the output of the tests that have not passed, or all of it
// if that is none.
func (r result) failures() string {
	var output strings.Builder
	for _, test := range r.Ran {
		if r.Failed(test) {
			output.WriteString(r.Tests[test])
		}
	}
	if output.Len() == 0 {
		return r.Output
	}
	return output.String()
}

// Run runs one test of an exercise, by its name in the code, over the solution, or
// if mistake is not empty, over the mistake of that name.
func Run(t testing.TB, exercise, mistake, test string) gotest.Result {
	t.Helper()
	e := newExercise(module.Root(t), exercise)
	var files map[string]string
	if mistake != "" {
		m, err := gallery.Find(e.root, exercise+"/"+mistake)
		if err != nil {
			t.Fatal(err)
		}
		path := filepath.Join(t.TempDir(), m.File)
		if err := os.WriteFile(path, []byte(m.Code), 0o666); err != nil {
			t.Fatal(err)
		}
		files = map[string]string{m.File: path}
	}
	return e.test(t, files, gotest.Pattern(test)).Result
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
	args := append([]string{"test", "-json", "-count=1", "-timeout=" + timeout(t).String()}, flags...)
	command := exec.Command("go", append(args, pkg)...)
	command.Dir = dir
	// Environ, not os.Environ: it sets PWD. Without it the go command resolves
	// a symbolic link on the way here, and no key of the overlay fits.
	command.Env = append(command.Environ(), "GORACE="+gotest.NoSleep+" "+os.Getenv("GORACE"))
	var stderr bytes.Buffer
	command.Stderr = &stderr
	stdout, err := command.Output()
	if exit := (*exec.ExitError)(nil); err != nil && !errors.As(err, &exit) {
		t.Fatalf("go test can't be run: %v", err)
	}
	results := gotest.Read(stdout)
	if len(results) != 1 {
		t.Fatalf("go test tells of %d packages; want one\n%s%s", len(results), stdout, stderr.Bytes())
	}
	r := result{err: err}
	for _, only := range results {
		r.Result = *only
	}
	r.Output += stderr.String()
	return r
}

// timeout returns how long the tests may take that t runs. They always get a
// timeout: without one, the kit's watchdog ends no test that hangs.
func timeout(t testing.TB) time.Duration {
	if t, ok := t.(interface{ Deadline() (time.Time, bool) }); ok {
		if deadline, limited := t.Deadline(); limited {
			return gotest.Timeout(deadline)
		}
	}
	return 24 * time.Hour
}

// runBinary runs a test binary in the folder dir, with further environment
// variables.
func runBinary(t testing.TB, binary, dir string, env []string, args ...string) result {
	t.Helper()
	command := exec.Command(binary, append([]string{"-test.v", "-test.timeout=" + timeout(t).String()}, args...)...)
	command.Dir = dir
	command.Env = append(append(command.Environ(), env...), "GORACE="+gotest.NoSleep+" "+os.Getenv("GORACE"))
	printed, err := command.CombinedOutput()
	if exit := (*exec.ExitError)(nil); err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	return result{*gotest.Parse(string(printed)), err}
}
