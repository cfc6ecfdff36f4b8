// Package proof runs the tests of an exercise over other code than what stands
// in the exercise's folder: over its solution, over a mistake that the tests
// must refuse, over an answer that is right and written in another way.
//
// The tests stand once, beside the skeleton. A short test in each folder of
// solutions calls this package, which calls go test -overlay: the overlay lays
// the other code over the learner's files, and hides what a learner may have
// added. So the verdict is the same whatever a learner has done there.
//
// Package gallery says how mistakes and variants are written.
package proof

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// Solution fails the test unless the exercise's tests pass over the solution
// in the current folder, solutions/<exercise>.
func Solution(t *testing.T) {
	t.Helper()
	e := open(t)
	result := e.test(t, nil, "")
	if testing.Verbose() {
		t.Log(result.Output)
	}
	wantPass(t, "the solution", result)
}

// wantPass fails the test unless every test that ran has passed, and at least
// one has run.
func wantPass(t testing.TB, what string, result result) {
	t.Helper()
	switch {
	case result.err != nil:
		t.Errorf("%s doesn't pass the exercise's tests: %v\n%s", what, result.err, result.failures())
	case len(result.Good) == 0:
		t.Errorf("%s was not tested: go test ran no test\n%s", what, result.Output)
	}
}

// An exercise is one of the numbered folders, and its solution.
type exercise struct {
	name     string // 02-errgroup
	root     string // the folder of the module, absolute
	folder   string // root/02-errgroup
	solution string // root/solutions/02-errgroup
}

func newExercise(root, name string) exercise {
	return exercise{name: name, root: root, folder: filepath.Join(root, name), solution: filepath.Join(root, "solutions", name)}
}

// open returns the exercise whose solution is in the current folder.
func open(t testing.TB) exercise {
	t.Helper()
	solution, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	e := newExercise(filepath.Dir(filepath.Dir(solution)), filepath.Base(solution))
	if filepath.Base(filepath.Dir(solution)) != "solutions" {
		t.Fatalf("%s is no folder of solutions: proof must be called from one", solution)
	}
	e.readAll(t)
	return e
}

// counts fits the files that a verdict depends on.
var counts = regexp.MustCompile(`\.(go|txt)$`)

// readAll reads every file that the verdict depends on. The go command can't
// see what the go test that we start reads; it caches our result by what this
// process reads.
func (e exercise) readAll(t testing.TB) {
	t.Helper()
	for _, name := range []string{"go.mod", "go.sum"} {
		if _, err := os.ReadFile(filepath.Join(e.root, name)); err != nil {
			t.Fatal(err)
		}
	}
	for _, dir := range []string{e.folder, e.solution, filepath.Join(e.root, "internal")} {
		err := filepath.WalkDir(dir, func(path string, entry os.DirEntry, err error) error {
			if err != nil {
				return err
			}
			ignored := strings.HasPrefix(entry.Name(), ".") || strings.HasPrefix(entry.Name(), "_") // by the go command too
			if entry.IsDir() || ignored || !counts.MatchString(path) {
				return nil
			}
			_, err = os.ReadFile(path)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}
