package guide

import (
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"example.com/errgroup-workshop/internal/module"
)

// TestPrograms compares the programs that the documents show with those in
// internal/demo, and what they print with the block below. A program is the block
// below a comment:
//
//	<!-- program: internal/demo/waitgroup -->
func TestPrograms(t *testing.T) {
	onlyShipped(t)
	comment := regexp.MustCompile(`^<!-- program: (\S+) -->$`)
	ran := 0
	for _, name := range shown {
		all := blocks(read(t, filepath.Join(module.Root(t), filepath.FromSlash(name))))
		for i, b := range all {
			m := comment.FindStringSubmatch(b.before)
			if m == nil {
				if b.language == "go" {
					t.Errorf("%s shows a program without a comment that says where it is:\n%s", name, b.text)
				}
				continue
			}
			ran++
			_, code, _ := strings.Cut(read(t, filepath.Join(module.Root(t), filepath.FromSlash(m[1]), "main.go")), "\npackage main\n")
			if code = "package main\n" + code; code != b.text {
				t.Errorf("%s shows\n%s\nand %s is\n%s", name, b.text, m[1], code)
			}
			command := exec.Command("go", "run", "./"+m[1])
			command.Dir = module.Root(t)
			output, err := command.CombinedOutput()
			if err != nil || i+1 == len(all) || strings.ReplaceAll(string(output), "\r\n", "\n") != all[i+1].text {
				t.Errorf("%s prints, with the error %v,\n%s\nwhich is not what %s shows below the program", m[1], err, output, name)
			}
		}
	}
	if ran == 0 {
		t.Error("the documents show no program")
	}
}
