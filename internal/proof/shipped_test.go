package proof

import (
	"flag"
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"example.com/errgroup-workshop/internal/gotest"
	"example.com/errgroup-workshop/internal/guide"
	"example.com/errgroup-workshop/internal/module"
	"example.com/errgroup-workshop/internal/proof/gallery"
)

var shipped = flag.Bool("shipped", false, "check the repository as it is shipped: the skeletons fail as they should")

func exercises(t *testing.T) []exercise {
	t.Helper()
	var all []exercise
	for _, name := range module.Exercises(t) {
		all = append(all, newExercise(module.Root(t), name))
	}
	return all
}

// onlyShipped skips a test that a learner's clone can't pass.
func onlyShipped(t *testing.T) {
	t.Helper()
	if !*shipped {
		t.Skip("a learner's clone holds answers; go test ./internal/proof -shipped checks the repository as it is shipped")
	}
}

// allBegun returns the flags for go test with which no extra of the exercise is
// skipped.
func (e exercise) allBegun(t *testing.T) (flags []string) {
	t.Helper()
	extras := path.Base(guide.ExtrasFile)
	begun := filepath.Join(e.solution, extras)
	if _, err := os.Stat(begun); err != nil {
		return nil
	}
	file := filepath.Join(t.TempDir(), "overlay.json")
	writeJSON(t, file, overlay{filepath.Join(e.folder, extras): begun})
	return []string{"-overlay=" + file}
}

// TestExtrasWait checks that the tests of an extra are skipped until a learner
// begins it, and say how to.
func TestExtrasWait(t *testing.T) {
	onlyShipped(t)
	g, err := guide.Read(module.Root(t))
	if err != nil {
		t.Fatal(err)
	}
	e := newExercise(module.Root(t), path.Dir(guide.ExtrasFile))
	r := goTest(t, e.root, "./"+e.name)
	extras := 0
	for _, p := range g.Parts() {
		if p.Exercise != e.name || !p.Extra() {
			continue
		}
		extras++
		if !slices.Contains(r.Skipped, p.Test) || !strings.Contains(r.Tests[p.Test], "an extra: to begin, set ") {
			t.Errorf("%s is no test that is skipped and says how to begin; it says %q", p.Test, r.Tests[p.Test])
		}
	}
	if extras == 0 {
		t.Errorf("%s has no extras", e.name)
	}
}

// TestSkeletonsFail checks what a learner sees first: every test fails, by an
// assertion that says something. So does every step that is not run because an
// earlier one has failed. The extras count as begun.
func TestSkeletonsFail(t *testing.T) {
	onlyShipped(t)
	for _, e := range exercises(t) {
		t.Run(e.name, func(t *testing.T) {
			binary := e.buildTests(t, false, e.allBegun(t)...)
			r := runBinary(t, binary, e.folder, nil)
			if len(r.Ran) == 0 {
				t.Fatalf("no test ran\n%s", r.Output)
			}
			wantAssertions(t, "all tests", r)
			for _, test := range r.Ran {
				switch {
				case slices.Contains(r.Good, test):
					t.Errorf("%s passes on the skeleton; want it to fail until the exercise is done", test)
				case slices.Contains(r.Skipped, test):
					alone := runBinary(t, binary, e.folder, nil, "-test.run="+gotest.Pattern(test))
					if slices.Contains(alone.Skipped, test) {
						continue // this system can't run it
					}
					if wantAssertions(t, test, alone); !alone.Failed(test) {
						t.Errorf("%s passes on the skeleton; want it to fail until the exercise is done", test)
					}
				}
			}
		})
	}
}

// wantAssertions fails the test unless the tests that failed did so by an
// assertion.
func wantAssertions(t *testing.T, what string, r result) {
	t.Helper()
	for _, bad := range []string{"panic:", "fatal error:", "the test hangs", "deadlock:", "WARNING: DATA RACE"} {
		if strings.Contains(r.Output, bad) {
			t.Errorf("%s: the output of the skeleton's tests contains %q; want nothing but assertions\n%s", what, bad, r.Output)
		}
	}
	if got, want := len(assertion.FindAllString(r.Output, -1)), len(r.Failures()); got < want {
		t.Errorf("%s: the skeleton fails %d tests, with %d messages; want one for each\n%s", what, want, got, r.Output)
	}
}

// assertion fits the message of a step, or what stands below that of a scene.
var assertion = regexp.MustCompile(`(?m)^\s+(?:\w+_test\.go:\d+: .{20,}|the smallest of \d+ random scenes in which this was seen:)`)

// TestContractsAgree checks that a declaration of a skeleton stands in the
// solution too, with the same doc comment: it is the contract.
func TestContractsAgree(t *testing.T) {
	onlyShipped(t)
	for _, e := range exercises(t) {
		names, err := gallery.GoFiles(e.folder)
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range names {
			if e.name+"/"+name == guide.ExtrasFile {
				continue
			}
			t.Run(e.name+"/"+name, func(t *testing.T) {
				want := contracts(t, filepath.Join(e.folder, name))
				got := contracts(t, filepath.Join(e.solution, name))
				if len(want) < 2 {
					t.Fatalf("the skeleton has no contract")
				}
				for _, key := range slices.Sorted(maps.Keys(want)) {
					if got[key] != want[key] {
						t.Errorf("%s is in the solution\n%s\nand in the skeleton\n%s\nwant the same", key, got[key], want[key])
					}
				}
				if !strings.Contains(read(t, filepath.Join(e.folder, name)), "// TODO: ") {
					t.Error("the skeleton has no TODO")
				}
				if strings.Contains(read(t, filepath.Join(e.solution, name)), "TODO") {
					t.Error("the solution has a TODO")
				}
			})
		}
	}
}

// contracts returns the declarations of functions and types in a Go file, by
// name, as they are written there: with their comments, and without the bodies
// of functions. The package clause is one of them.
func contracts(t *testing.T, path string) map[string]string {
	t.Helper()
	content := read(t, path)
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, path, content, parser.ParseComments)
	if err != nil {
		t.Fatal(err)
	}
	written := func(doc *ast.CommentGroup, node ast.Node, end token.Pos) string {
		begin := node.Pos()
		if doc != nil {
			begin = doc.Pos()
		}
		return content[fset.Position(begin).Offset:fset.Position(end).Offset]
	}
	all := map[string]string{"package": written(file.Doc, file, file.Name.End())}
	for _, decl := range file.Decls {
		switch d := decl.(type) {
		case *ast.FuncDecl:
			all[d.Name.Name] = written(d.Doc, d, d.Body.Lbrace)
		case *ast.GenDecl:
			if d.Tok == token.TYPE {
				all[d.Specs[0].(*ast.TypeSpec).Name.Name] = written(d.Doc, d, d.End())
			}
		}
	}
	return all
}
