// Package module finds the module that a test is part of, its exercises, and
// makes copies of it.
package module

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// Root returns the folder of the module that the test runs in.
func Root(t testing.TB) string {
	t.Helper()
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for root := dir; ; root = filepath.Dir(root) {
		if _, err := os.Stat(filepath.Join(root, "go.mod")); err == nil {
			return root
		}
		if root == filepath.Dir(root) {
			t.Fatalf("%s is in no module", dir)
		}
	}
}

// Exercises returns the names of all exercises: the folders of solutions.
func Exercises(t testing.TB) []string {
	t.Helper()
	entries, err := os.ReadDir(filepath.Join(Root(t), "solutions"))
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, entry := range entries {
		if entry.IsDir() { // a system may put files into every folder
			names = append(names, entry.Name())
		}
	}
	return names
}

// Copy copies the module to a folder that is there until t ends, without what
// begins with a dot, and returns its path.
func Copy(t testing.TB) (root string) {
	t.Helper()
	dir, err := filepath.EvalSymlinks(t.TempDir()) // the go command prints it like this
	if err != nil {
		t.Fatal(err)
	}
	root = filepath.Join(dir, "errgroup-workshop")
	if err := os.Mkdir(root, 0o777); err != nil {
		t.Fatal(err)
	}
	entries, err := os.ReadDir(Root(t))
	if err != nil {
		t.Fatal(err)
	}
	for _, entry := range entries {
		from, to := filepath.Join(Root(t), entry.Name()), filepath.Join(root, entry.Name())
		switch {
		case strings.HasPrefix(entry.Name(), "."):
		case entry.IsDir():
			CopyFolder(t, to, from)
		default:
			content, err := os.ReadFile(from)
			if err == nil {
				err = os.WriteFile(to, content, 0o666)
			}
			if err != nil {
				t.Fatal(err)
			}
		}
	}
	return root
}

// CopyFolder makes the folder to a copy of the folder from.
func CopyFolder(t testing.TB, to, from string) {
	t.Helper()
	if err := os.RemoveAll(to); err != nil {
		t.Fatal(err)
	}
	if err := os.CopyFS(to, os.DirFS(from)); err != nil {
		t.Fatal(err)
	}
}
