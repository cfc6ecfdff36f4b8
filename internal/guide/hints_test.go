package guide

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"example.com/errgroup-workshop/internal/module"
)

// TestHintsWork types hint 3 of each part where it belongs, and runs the tests
// of the part: they pass. A file in testdata/hints holds what a learner has
// written by then: what hints 1 and 2 say, and what hint 3 says is left. Its
// line "// hint" is where the code of hint 3 goes. The other files of the
// exercise are those of the solution.
func TestHintsWork(t *testing.T) {
	onlyShipped(t)
	root := module.Root(t)
	g, err := Read(root)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range g.Exercises {
		solutions, err := filepath.Glob(filepath.Join(root, "solutions", e.Name, "[a-z]*.go"))
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range e.Parts {
			t.Run(p.File, func(t *testing.T) {
				overlay := make(map[string]string)
				for _, path := range solutions {
					if !strings.HasSuffix(path, "_test.go") {
						overlay[filepath.Join(root, e.Name, filepath.Base(path))] = path
					}
				}
				overlay[filepath.Join(root, filepath.FromSlash(p.File))] = typeHint(t, p)
				content, err := json.Marshal(map[string]any{"Replace": overlay})
				if err != nil {
					t.Fatal(err)
				}
				path := filepath.Join(t.TempDir(), "overlay.json")
				if err := os.WriteFile(path, content, 0o666); err != nil {
					t.Fatal(err)
				}
				test := exec.Command("go", "test", "-overlay="+path, "-run=^"+p.Test+"$", "./"+e.Name)
				test.Dir = root
				if output, err := test.CombinedOutput(); err != nil || strings.Contains(string(output), "no tests to run") {
					t.Errorf("hint 3 of %s, where it belongs, fails the tests (%v):\n%s", p.Title, err, output)
				}
			})
		}
	}
}

// typeHint returns the path of a file of the part with the code of hint 3.
func typeHint(t *testing.T, p Part) string {
	t.Helper()
	if len(p.Hints) != 3 {
		t.Fatalf("%s has %d hints; want 3", p.Title, len(p.Hints))
	}
	_, code, _ := strings.Cut(p.Hints[2], "```\n")
	code, rest, _ := strings.Cut(code, "```")
	if code == "" || strings.Contains(rest, "```") {
		t.Fatalf("hint 3 of %s has no block of code, or more than one:\n%s", p.Title, p.Hints[2])
	}
	around, err := os.ReadFile(filepath.Join("testdata", "hints", filepath.FromSlash(p.File)))
	if err != nil {
		t.Fatal(err)
	}
	before, after, ok := strings.Cut(string(around), "// hint\n")
	if !ok {
		t.Fatalf("testdata/hints/%s has no line for the hint", p.File)
	}
	path := filepath.Join(t.TempDir(), p.Name()+".go")
	if err := os.WriteFile(path, []byte(before+code+after), 0o666); err != nil {
		t.Fatal(err)
	}
	return path
}
