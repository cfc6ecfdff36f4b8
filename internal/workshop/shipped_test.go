package main

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"example.com/errgroup-workshop/internal/guide"
)

// guarded are the files that check finds changes of: what decides whether an
// answer passes.
var guarded = []string{"[0-9][0-9]-*/*_test.go", "internal/rehearsal/*.go", "internal/rehearsal/*/*.go", "internal/nameservice/*.go"}

// sums returns a line for each guarded file in root: its sum and its name.
func sums(root string) (lines []string, err error) {
	for _, pattern := range guarded {
		paths, err := filepath.Glob(filepath.Join(root, filepath.FromSlash(pattern)))
		if err != nil {
			return nil, err
		}
		for _, path := range paths {
			content, err := os.ReadFile(path)
			if err != nil {
				return nil, err
			}
			name, err := filepath.Rel(root, path)
			if err != nil {
				return nil, err
			}
			lines = append(lines, sum(content)+"  "+filepath.ToSlash(name))
		}
	}
	return lines, nil
}

var (
	asShipped = flag.Bool("shipped", false, "compare the copies in shipped with the repository as it is shipped")
	update    = flag.Bool("update", false, "write the copies in shipped")
)

// TestShipped holds the copies of the skeletons and the sums of the tests
// together with what they stand for.
func TestShipped(t *testing.T) {
	if !*asShipped {
		t.Skip("a learner's clone holds answers; go test ./internal/workshop -shipped checks the repository as it is shipped")
	}
	root, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}
	g, err := guide.Read(root)
	if err != nil {
		t.Fatal(err)
	}
	lines, err := sums(root)
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]string{"shipped/sums.txt": strings.Join(lines, "\n") + "\n"}
	files := []string{guide.ExtrasFile}
	for _, p := range g.Parts() {
		files = append(files, p.File)
	}
	for _, file := range files {
		content, err := os.ReadFile(filepath.Join(root, filepath.FromSlash(file)))
		if err != nil {
			t.Fatal(err)
		}
		want[copyOf(file)] = string(content)
	}
	for name, content := range want {
		path := filepath.FromSlash(name)
		if *update {
			if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(path, []byte(content), 0o666); err != nil {
				t.Fatal(err)
			}
		}
		if got, err := os.ReadFile(path); err != nil || string(got) != content {
			t.Errorf("%s is not as the repository is (%v); go test ./internal/workshop -run Shipped -shipped -update writes it", name, err)
		}
	}
}
