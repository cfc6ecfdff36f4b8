package proof

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"example.com/errgroup-workshop/internal/gotest"
	"example.com/errgroup-workshop/internal/module"
	"example.com/errgroup-workshop/internal/proof/gallery"
)

// TestAnyState checks that the solutions get their verdict whatever a learner
// has done in the numbered folders.
func TestAnyState(t *testing.T) {
	if testing.Short() {
		t.Skip("left out with -short: it builds a copy of the module")
	}
	e := newExercise(module.Copy(t), "01-waitgroup")
	solutionPasses := func(t *testing.T) {
		t.Helper()
		wantPass(t, "the solution", e.test(t, nil, ""))
	}
	for _, tt := range []struct{ name, file, content string }{
		{name: "a file that doesn't compile", file: "gather.go", content: "package waitgroup\n\nfunc Gather(\n"},
		{
			name:    "an answer that fails",
			file:    "tally.go",
			content: "package waitgroup\n\nfunc Tally(sources []func() string) map[string]int { panic(1) }\n",
		},
		{name: "a file that declares a function again", file: "my_gather.go", content: "package waitgroup\n\nfunc Gather() {}\n"},
		{
			name:    "a test of the learner's",
			file:    "mine_test.go",
			content: "package waitgroup\n\nimport \"testing\"\n\nfunc TestMine(t *testing.T) { t.Fail() }\n",
		},
		{name: "a file in another language", file: "notes.s", content: "this is no assembly\n"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			write(t, filepath.Join(e.folder, tt.file), tt.content)
			solutionPasses(t)
		})
	}
	t.Run("a file that is gone", func(t *testing.T) {
		if err := os.Remove(filepath.Join(e.folder, "first_error.go")); err != nil {
			t.Fatal(err)
		}
		solutionPasses(t)
	})
	t.Run("but not when the solution is wrong", func(t *testing.T) {
		write(t, filepath.Join(e.solution, "gather.go"),
			"package waitgroup\n\nfunc Gather(sources []func() string) []string { return nil }\n")
		r := e.test(t, nil, "")
		if r.err == nil || !strings.Contains(r.Output, "Gather returned after 0s; want 3s") {
			t.Errorf("a wrong solution gets the error %v and the output\n%s\nwant the failure of TestGather", r.err, r.Output)
		}
	})
}

func write(t *testing.T, path, content string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(content), 0o666); err != nil {
		t.Fatal(err)
	}
}

// TestMistakeCheck checks that a mistake that isn't refused as it says doesn't
// go unseen.
func TestMistakeCheck(t *testing.T) {
	m := gallery.Mistake{RefusedBy: "TestX/a b", Says: "X returned early"}
	refused := result{Result: gotest.Result{Built: true, Output: "X returned early", Ran: []string{"TestX", "TestX/a_b"}}}
	for _, tt := range []struct {
		name   string
		change func(r *result)
		err    string
	}{
		{name: "refused", change: func(*result) {}},
		{name: "not built", change: func(r *result) { r.Built = false }, err: "doesn't build"},
		{name: "test not there", change: func(r *result) { r.Ran = []string{"TestX"} }, err: "no test"},
		{name: "test passes", change: func(r *result) { r.Good = []string{"TestX/a_b"} }, err: "isn't refused"},
		{name: "other message", change: func(r *result) { r.Output = "deadlock" }, err: "not with the message"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			r := refused
			tt.change(&r)
			err := check(m, r)
			if (tt.err == "") != (err == nil) || err != nil && !strings.Contains(err.Error(), tt.err) {
				t.Errorf("got the error %v; want %q", err, tt.err)
			}
		})
	}
}

func TestOverlay(t *testing.T) {
	e := exercises(t)[0]
	t.Run("refuses a file that stands for none", func(t *testing.T) {
		_, err := e.overlay(map[string]string{"nothing.go": filepath.Join(e.solution, "gather.go")})
		if err == nil || !strings.Contains(err.Error(), "nothing.go") {
			t.Errorf("got the error %v; want one that names nothing.go", err)
		}
	})
	t.Run("refuses a file that isn't there", func(t *testing.T) {
		_, err := e.overlay(map[string]string{"gather.go": filepath.Join(e.solution, "nothing.go")})
		if err == nil || !strings.Contains(err.Error(), "nothing.go") {
			t.Errorf("got the error %v; want one that names nothing.go", err)
		}
	})
	t.Run("tells files apart that have the same name, size and time", func(t *testing.T) {
		for _, pkg := range []string{"cmp", "log"} {
			path := filepath.Join(t.TempDir(), pkg+".go")
			write(t, path, fmt.Sprintf("package waitgroup\n\nimport _ %q\n", pkg))
			past := time.Date(2026, time.November, 24, 0, 0, 0, 0, time.UTC)
			if err := os.Chtimes(path, past, past); err != nil {
				t.Fatal(err)
			}
			overlay := e.writeOverlay(t, map[string]string{"gather.go": path})
			command := exec.Command("go", "list", "-overlay="+overlay, "-f={{.Imports}}", "./"+e.name)
			command.Dir = e.root
			output, err := command.CombinedOutput()
			if err != nil || !strings.Contains(string(output), pkg) {
				t.Errorf("the go command sees the imports %s(error %v); want %q among them", output, err, pkg)
			}
		}
	})
}
