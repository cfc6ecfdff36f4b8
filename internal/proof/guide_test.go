package proof

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"example.com/errgroup-workshop/internal/guide"
	"example.com/errgroup-workshop/internal/proof/gallery"
)

// These tests hold the documents to what they say.

var documents = []string{"WORKSHOP.md", "README.md", "CONTRIBUTING.md"}

func root(t *testing.T) string {
	t.Helper()
	root, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}
	return root
}

// A block is a fenced block of a document.
type block struct {
	language string // all that stands behind the fence
	text     string
	before   string // the last line of text in front of it
	begin    int    // of the text in the document
}

var fenced = regexp.MustCompile("(?ms)^ *```([^\n]*)\n(.*?)^ *```$")

func blocks(document string) []block {
	var all []block
	for _, m := range fenced.FindAllStringSubmatchIndex(document, -1) {
		before := strings.TrimSpace(document[:m[0]])
		before = before[strings.LastIndex(before, "\n")+1:]
		all = append(all, block{document[m[2]:m[3]], document[m[4]:m[5]], before, m[4]})
	}
	return all
}

// TestSnippets runs the Go programs of the guide. The block behind each is
// what it prints.
func TestSnippets(t *testing.T) {
	onlyShipped(t)
	all := blocks(read(t, filepath.Join(root(t), "WORKSHOP.md")))
	ran := 0
	for i, b := range all {
		if b.language != "go" {
			continue
		}
		ran++
		file := filepath.Join(t.TempDir(), "snippet.go")
		write(t, file, b.text)
		command := exec.Command("go", "run", file)
		command.Dir = root(t)
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

var duration = regexp.MustCompile(`\(\d+\.\d+s\)`)

// TestShownFailure compares the failure by which the guide explains the timeline
// with the one that its code leads to.
func TestShownFailure(t *testing.T) {
	onlyShipped(t)
	e := exercises(t)[0]
	mistake := filepath.Join(e.solution, "testdata", "mistakes", "gather_wait_in_loop.go")
	r := e.test(t, map[string]string{"gather.go": mistake}, runPattern("TestGather/asks all sources at the same time"))
	got := trimLines(r.Output)
	shown := ""
	for _, b := range blocks(read(t, filepath.Join(root(t), "WORKSHOP.md"))) {
		if b.language == "" && strings.HasPrefix(b.text, "--- FAIL: ") {
			shown = b.text
		}
	}
	if shown == "" {
		t.Error("the guide shows no failure")
	}
	for line := range strings.Lines(shown) {
		if line = strings.TrimSpace(line); !slices.ContainsFunc(got, func(g string) bool { return strings.HasSuffix(g, line) }) {
			t.Errorf("the guide shows the line\n%s\nwhich isn't in\n%s", line, r.Output)
		}
	}
}

func trimLines(text string) []string {
	var lines []string
	for line := range strings.Lines(duration.ReplaceAllString(text, "(0.00s)")) {
		lines = append(lines, strings.TrimSpace(line))
	}
	return lines
}

// TestNamesExist checks that the files, tests and anchors that the documents
// name are there.
func TestNamesExist(t *testing.T) {
	onlyShipped(t)
	var (
		paths   = regexp.MustCompile(`(?:\./|[(` + "`" + ` ])((?:0\d-[a-z-]+|solutions|internal|\.ci)(?:/[\w.-]+)*)`)
		tests   = regexp.MustCompile(`-run (\w+) \./([\w/-]+)[\s` + "`" + `]`)
		files   = regexp.MustCompile(`\]\(([^)#:]+)(?:#[^)]*)?\)`)
		anchors = regexp.MustCompile(`\]\(([\w.]*)#([^)]+)\)`)
	)
	for _, name := range documents {
		document := read(t, filepath.Join(root(t), name))
		for _, m := range append(paths.FindAllStringSubmatch(document, -1), files.FindAllStringSubmatch(document, -1)...) {
			path := strings.TrimRight(m[1], ".")
			if _, err := os.Stat(filepath.Join(root(t), filepath.FromSlash(strings.TrimSuffix(path, "/...")))); err != nil {
				t.Errorf("%s names %s, which isn't there", name, path)
			}
		}
		for _, m := range tests.FindAllStringSubmatch(document, -1) {
			if !strings.Contains(testCode(t, m[2]), "\nfunc "+m[1]+"(t *testing.T)") {
				t.Errorf("%s names the test %s, which isn't in %s", name, m[1], m[2])
			}
		}
		for _, m := range anchors.FindAllStringSubmatch(document, -1) {
			target := m[1]
			if target == "" {
				target = name
			}
			if !slices.Contains(headings(read(t, filepath.Join(root(t), target))), m[2]) {
				t.Errorf("%s links to #%s, which is no heading of %s", name, m[2], target)
			}
		}
	}
}

// testCode returns the code of all tests in a folder.
func testCode(t *testing.T, folder string) string {
	t.Helper()
	paths, err := filepath.Glob(filepath.Join(root(t), folder, "*_test.go"))
	if err != nil {
		t.Fatal(err)
	}
	var code strings.Builder
	for _, path := range paths {
		code.WriteString(read(t, path))
	}
	return code.String()
}

// headings returns the anchors that GitHub makes of a document's headings.
func headings(document string) []string {
	var anchors []string
	drop := regexp.MustCompile(`[^\w\- ]`)
	for line := range strings.Lines(fenced.ReplaceAllString(document, "")) {
		if title, ok := strings.CutPrefix(strings.TrimLeft(line, "#"), " "); ok && strings.HasPrefix(line, "#") {
			title = drop.ReplaceAllString(strings.ToLower(strings.TrimSpace(title)), "")
			anchors = append(anchors, strings.ReplaceAll(title, " ", "-"))
		}
	}
	return anchors
}

// TestEveryPartHasHints checks that the guide has a section for each file of
// the exercises, with three hints.
func TestEveryPartHasHints(t *testing.T) {
	onlyShipped(t)
	g, err := guide.Parse(read(t, filepath.Join(root(t), "WORKSHOP.md")))
	if err != nil {
		t.Fatal(err)
	}
	parts := g.Parts()
	for _, e := range exercises(t) {
		names, err := gallery.GoFiles(e.folder)
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range names {
			if name == extrasFile {
				continue
			}
			file := e.name + "/" + name
			i := slices.IndexFunc(parts, func(p guide.Part) bool { return p.File == file })
			if i < 0 {
				t.Errorf("the guide has no section for %s", file)
				continue
			}
			if p := parts[i]; len(p.Hints) != 3 || !strings.Contains(testCode(t, e.name), "\nfunc "+p.Test+"(") {
				t.Errorf("the section for %s has %d hints and the test %s; want three, and one of its tests", file, len(p.Hints), p.Test)
			}
		}
	}
	if len(g.Meanings) == 0 {
		t.Error("the guide has no table of what a failure means")
	}
}

// TestPlans checks that the plans for a class add up: each row begins when the
// one above it ends, and a part takes the time that its section says.
func TestPlans(t *testing.T) {
	onlyShipped(t)
	text := read(t, filepath.Join(root(t), "WORKSHOP.md"))
	g, err := guide.Parse(text)
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
		_, plan, _ := strings.Cut(text, "### "+heading+"\n")
		plan, _, _ = strings.Cut(plan, "\n### ")
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
			link := regexp.MustCompile(`\]\(` + regexp.QuoteMeta("solutions/"+e.Name+"/testdata/mistakes/"+p.Name()) + `_\w+\.go\)`)
			if n := len(link.FindAllString(text, -1)); n != 3 {
				t.Errorf("the guide links to %d mistakes of %s; want the three that most of the room will make", n, p.File)
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
