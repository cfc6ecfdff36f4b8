package proof

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"example.com/errgroup-workshop/internal/proof/gallery"
)

// A source is a file that an answer is built with.
type source struct {
	path string // where the exercise or its solution has it
	code string
	tree *ast.File
}

// newSource returns a source. One with a mistake in its syntax is for the
// compiler to speak of.
func newSource(path, code string) *source {
	tree, _ := parser.ParseFile(token.NewFileSet(), path, code, 0)
	return &source{path: path, code: code, tree: tree}
}

// sources returns the solution's files and the exercise's tests, by name, without
// the one that has TestMain.
func (e exercise) sources(t testing.TB) map[string]*source {
	t.Helper()
	paths, err := e.files(nil)
	if err != nil {
		t.Fatal(err)
	}
	entries, err := os.ReadDir(e.folder)
	if err != nil {
		t.Fatal(err)
	}
	for _, entry := range entries {
		if name := entry.Name(); shippedTests.MatchString(name) && name != mainTest {
			paths[name] = filepath.Join(e.folder, name)
		}
	}
	all := make(map[string]*source)
	for name, path := range paths {
		all[name] = newSource(path, read(t, path))
	}
	return all
}

// mainTest is the test file with TestMain.
const mainTest = "main_test.go"

// neededFor returns those of the sources that an answer is tested with: itself in
// place of the file that it stands for, the tests of this file, and what these
// use. To leave out the rest halves what the compiler has to do.
func neededFor(a gallery.Answer, all map[string]*source) map[string]*source {
	needed := map[string]*source{a.File: newSource(a.File, a.Code)}
	var take func(s *source)
	take = func(s *source) {
		for _, used := range s.tree.Unresolved {
			for name, other := range all {
				if needed[name] == nil && other.tree.Scope.Lookup(used.Name) != nil {
					needed[name] = other
					take(other)
				}
			}
		}
	}
	take(needed[a.File])
	tests := regexp.MustCompile(`^\d_` + strings.TrimSuffix(a.File, ".go") + `(_scenes)?_test\.go$`)
	for name, s := range all {
		if tests.MatchString(name) && needed[name] == nil {
			needed[name] = s
			take(s)
		}
	}
	return needed
}
