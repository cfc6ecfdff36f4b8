package proof

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// TestKitNames checks that no name in the tests of an exercise is one that a
// learner may choose. Both are in the same package: what the tests declare begins
// with kit. What a file imports is no name of the package, but must not be one
// either; so its name is that of a well-known package, or begins with kit.
func TestKitNames(t *testing.T) {
	files, err := filepath.Glob("../../0*/*_test.go")
	if err != nil || len(files) == 0 {
		t.Fatalf("found no test files of the exercises: %v", err)
	}
	for _, file := range files {
		f, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range declared(f) {
			if !strings.HasPrefix(name, "kit") && name != "_" {
				t.Errorf("%s declares %s; want a name that begins with kit", file, name)
			}
		}
		for _, spec := range f.Imports {
			importPath, err := strconv.Unquote(spec.Path.Value)
			if err != nil {
				t.Fatal(err)
			}
			name := path.Base(importPath)
			if spec.Name != nil {
				name = spec.Name.Name
			}
			if !strings.HasPrefix(name, "kit") && !wellKnown(importPath) {
				t.Errorf("%s imports %s as %s, which a learner may declare; import it as kit%s", file, importPath, name, name)
			}
		}
	}
}

// wellKnown reports whether nobody will give the name of the package to something
// else.
func wellKnown(importPath string) bool {
	switch importPath {
	case "go.uber.org/goleak", "golang.org/x/sync/errgroup", "example.com/errgroup-workshop/internal/rehearsal",
		"example.com/errgroup-workshop/internal/nameservice":
		return true
	case "log", "path", "container/list", "container/ring": // a logger, a path, a list
		return false
	}
	return !strings.Contains(importPath, ".") // the standard library
}

// declared returns the names that a file gives to its package, except tests.
func declared(f *ast.File) (names []string) {
	for _, decl := range f.Decls {
		switch d := decl.(type) {
		case *ast.FuncDecl:
			isTest := strings.HasPrefix(d.Name.Name, "Test") || strings.HasPrefix(d.Name.Name, "Benchmark")
			if d.Recv == nil && !isTest {
				names = append(names, d.Name.Name)
			}
		case *ast.GenDecl:
			for _, spec := range d.Specs {
				switch s := spec.(type) {
				case *ast.TypeSpec:
					names = append(names, s.Name.Name)
				case *ast.ValueSpec:
					for _, name := range s.Names {
						names = append(names, name.Name)
					}
				}
			}
		}
	}
	return names
}
