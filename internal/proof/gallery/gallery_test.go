package gallery

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestReadHead(t *testing.T) {
	const story = "Nobody waits for the goroutines, so the answers are lost.\n"
	for _, tt := range []struct {
		name, head string
		want       Mistake
		err        string // that it contains
	}{
		{
			name: "takes a whole head",
			head: story + "Refused by: TestX/y z\nSays: X returned: early\nNeeds: -race\nChanges: x_map\n",
			want: Mistake{Story: strings.TrimSpace(story), RefusedBy: "TestX/y z", Says: "X returned: early", NeedsRace: true, Changes: "x_map"},
		},
		{name: "asks for a story", head: "Refused by: TestX\nSays: X\n", err: "what is wrong"},
		{name: "asks for a test", head: story + "Says: X\n", err: `no line "Refused by:"`},
		{name: "asks for a message", head: story + "Refused by: TestX\n", err: `no line "Says:"`},
		{name: "knows three needs", head: story + "Refused by: TestX\nSays: X\nNeeds: luck\n", err: "-race"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var got Mistake
			err := got.readHead(strings.Split(tt.head, "\n"))
			switch {
			case tt.err == "" && (err != nil || got != tt.want):
				t.Errorf("got %+v, error %v; want %+v", got, err, tt.want)
			case tt.err != "" && (err == nil || !strings.Contains(err.Error(), tt.err)):
				t.Errorf("got the error %v; want one with %q", err, tt.err)
			}
		})
	}
}

// TestMistakes checks that mistakes are found in whole files and in edits, and
// that one that can't be read hides no other.
func TestMistakes(t *testing.T) {
	solution := t.TempDir()
	dir, variants := filepath.Join(solution, "testdata", "mistakes"), filepath.Join(solution, "testdata", "variants")
	if err := errors.Join(os.MkdirAll(dir, 0o777), os.MkdirAll(variants, 0o777)); err != nil {
		t.Fatal(err)
	}
	const head = "Nobody waits for the goroutines, so the answers are lost.\nRefused by: TestX\nSays: X\n"
	comment := "// " + strings.ReplaceAll(strings.TrimSpace(head), "\n", "\n// ")
	for path, content := range map[string]string{
		filepath.Join(solution, "x.go"):    original,
		filepath.Join(solution, "x_y.go"):  "package x\n",
		filepath.Join(variants, "x_b.go"):  "// Another way.\n\npackage x\n\nvar b int\n",
		filepath.Join(dir, "x_whole.go"):   comment + "\n\npackage x\n",
		filepath.Join(dir, "x_y_twice.go"): comment + "\n\npackage x\n",
		filepath.Join(dir, "x.txt"): "Wrong answers.\r\n\n== x_edit\n" + head + "-wg.Wait()\n\n" +
			"== x_gone\n" + head + "-wg.Done()\n\n== y_other\n" + head + "-wg.Wait()\n\n" +
			"== x_variant\n" + head + "Changes: x_b\n-var b int\n+var c int\n\n" +
			"== x_variant_gone\n" + head + "Changes: x_c\n-var b int\n",
		filepath.Join(dir, "x_y.txt"): "== x_y_twice\n" + head + " package x\n+var a int\n",
	} {
		if err := os.WriteFile(path, []byte(content), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	all, err := Mistakes(solution)
	if err != nil {
		t.Fatal(err)
	}
	want := []struct{ name, file, code, err string }{
		{name: "x_edit", file: "x.go"},
		{name: "x_gone", file: "x.go", err: `x.go: there is no line "wg.Done()"`},
		{name: "x_variant", file: "x.go", code: "package x\n\nvar c int\n"},
		{name: "x_variant_gone", file: "x.go", err: "x_variant_gone is an edit of a file that can't be read"},
		{name: "x_whole", file: "x.go"},
		{name: "x_y_twice", file: "x_y.go", err: "two mistakes named x_y_twice"},
		{name: "x_y_twice", file: "x_y.go"},
		{name: "y_other", file: "x.go", err: "begins with x_"},
	}
	if len(all) != len(want) {
		t.Fatalf("got %d mistakes; want %d", len(all), len(want))
	}
	for i, m := range all {
		wrong := want[i].err == "" && m.Err != nil || want[i].err != "" && (m.Err == nil || !strings.Contains(m.Err.Error(), want[i].err))
		if code := want[i].code; wrong || m.Name != want[i].name || m.File != want[i].file || code != "" && m.Code != code {
			t.Errorf("got %s of %s, error %v, code\n%s\nwant %+v", m.Name, m.File, m.Err, m.Code, want[i])
		}
	}
}
