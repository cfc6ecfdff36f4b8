package guide

import (
	"os/exec"
	"path/filepath"
	"testing"

	"example.com/errgroup-workshop/internal/module"
)

// TestSnippets runs the Go programs of the guide. The block behind each is
// what it prints.
func TestSnippets(t *testing.T) {
	onlyShipped(t)
	all := blocks(read(t, filepath.Join(module.Root(t), "WORKSHOP.md")))
	ran := 0
	for i, b := range all {
		if b.language != "go" {
			continue
		}
		ran++
		file := filepath.Join(t.TempDir(), "snippet.go")
		write(t, file, b.text)
		command := exec.Command("go", "run", file)
		command.Dir = module.Root(t)
		output, err := command.CombinedOutput()
		want := ""
		if i+1 < len(all) {
			want = all[i+1].text
		}
		if err != nil || string(output) != want {
			t.Errorf("the program\n%s\nprints, with the error %v,\n%s\nand the guide says\n%s", b.text, err, output, want)
		}
	}
	if ran == 0 {
		t.Error("the guide holds no program")
	}
}
