package guide

import (
	"fmt"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"example.com/errgroup-workshop/internal/module"
	"example.com/errgroup-workshop/internal/proof/gallery"
)

// TestEveryPartHasHints checks that the guide has a section for each file of
// the exercises, with three hints.
func TestEveryPartHasHints(t *testing.T) {
	onlyShipped(t)
	g, err := Read(module.Root(t))
	if err != nil {
		t.Fatal(err)
	}
	parts := g.Parts()
	for _, exercise := range module.Exercises(t) {
		names, err := gallery.GoFiles(filepath.Join(module.Root(t), exercise))
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range names {
			file := exercise + "/" + name
			if file == ExtrasFile {
				continue
			}
			i := slices.IndexFunc(parts, func(p Part) bool { return p.File == file })
			if i < 0 {
				t.Errorf("the guide has no section for %s", file)
				continue
			}
			p := parts[i]
			if len(p.Hints) != 3 || !strings.Contains(testCode(t, exercise), "\nfunc "+p.Test+"(") {
				t.Errorf("the section for %s has %d hints and the test %s; want three, and one of its tests", file, len(p.Hints), p.Test)
			}
			checkPlace(t, p)
		}
	}
}

// TestMeanings checks that the table of what a failure means holds what the Go
// runtime or the test kit prints.
func TestMeanings(t *testing.T) {
	g, err := Read(module.Root(t))
	if err != nil {
		t.Fatal(err)
	}
	paths, err := filepath.Glob(filepath.Join(module.Root(t), "internal", "rehearsal", "*.go"))
	if err != nil {
		t.Fatal(err)
	}
	kit := ""
	for _, path := range paths {
		kit += read(t, path)
	}
	runtime := regexp.MustCompile(`^(fatal error: |panic: |WARNING: |\[running)`)
	for _, m := range g.Meanings {
		if !runtime.MatchString(m.Read) && !strings.Contains(kit, `"`+m.Read) {
			t.Errorf("the guide explains %q, which the test kit doesn't print", m.Read)
		}
	}
	if len(g.Meanings) == 0 {
		t.Error("the guide has no table of what a failure means")
	}
}

// checkPlace checks that the section of a part says in a sentence what its
// comment says, and that the TODO in the part's file leads to the section and to
// the tests.
func checkPlace(t *testing.T, p Part) {
	t.Helper()
	command := "go test -run " + p.Test + " ./" + p.Exercise
	sentence := fmt.Sprintf("In `%s`, about %d minutes: `%s`\n", p.File, p.Minutes, command)
	i := slices.IndexFunc(Files, func(name string) bool {
		return strings.Contains(read(t, filepath.Join(module.Root(t), filepath.FromSlash(name))), sentence)
	})
	if i < 0 {
		t.Errorf("the guide doesn't say: %s", sentence)
		return
	}
	todo := fmt.Sprintf("\t// Test:  %s\n\t// Hints: %s#%s\n", command, Files[i], anchor(p.Title))
	if !strings.Contains(read(t, filepath.Join(module.Root(t), filepath.FromSlash(p.File))), todo) {
		t.Errorf("the TODO of %s doesn't end in\n%s", p.File, todo)
	}
}

// TestPlans checks that the plans for a class add up: each row begins when the
// one above it ends, and a part takes the time that its section says.
func TestPlans(t *testing.T) {
	onlyShipped(t)
	text := read(t, filepath.Join(module.Root(t), "docs", "teaching.md"))
	g, err := Read(module.Root(t))
	if err != nil {
		t.Fatal(err)
	}
	minutes := make(map[string]int) // by the title of a part
	for _, p := range g.Parts() {
		if p.Minutes == 0 {
			t.Errorf("the section of %s doesn't say how many minutes it takes", p.File)
		}
		minutes[p.Title] = p.Minutes
	}
	row := regexp.MustCompile(`(?m)^\| (\d):(\d\d) \| (\d+) \| ([^;.|]*[^;.| ])`)
	for heading, length := range map[string]int{"Three hours, by the minute": 180, "Ninety minutes": 90} {
		_, plan, _ := strings.Cut(text, "## "+heading+"\n")
		plan, _, _ = strings.Cut(plan, "\n## ")
		now, parts := 0, 0
		for _, m := range row.FindAllStringSubmatch(plan, -1) {
			if begins := 60*number(t, m[1]) + number(t, m[2]); begins != now {
				t.Errorf("%s: %q begins at minute %d, and the row above it ends at %d", heading, m[4], begins, now)
			}
			takes := number(t, m[3])
			if want, ok := minutes[m[4]]; ok {
				parts++
				if takes != want {
					t.Errorf("%s: %s takes %d minutes; its section says %d", heading, m[4], takes, want)
				}
			}
			now += takes
		}
		if now != length || parts == 0 {
			t.Errorf("%s: the plan takes %d minutes, with %d parts; want %d minutes", heading, now, parts, length)
		}
	}
	for _, e := range g.Exercises {
		for _, p := range e.Parts {
			link := regexp.MustCompile(`\]\(` + regexp.QuoteMeta("../solutions/"+e.Name+"/testdata/mistakes/"+p.Name()) + `_\w+\.go\)`)
			if n := len(link.FindAllString(text, -1)); n != 3 {
				t.Errorf("the teaching page links to %d mistakes of %s; want the three that most of the room will make", n, p.File)
			}
		}
	}
}

func number(t *testing.T, text string) int {
	t.Helper()
	n, err := strconv.Atoi(text)
	if err != nil {
		t.Fatal(err)
	}
	return n
}
