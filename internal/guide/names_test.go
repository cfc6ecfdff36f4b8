package guide

import (
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"example.com/errgroup-workshop/internal/module"
	"example.com/errgroup-workshop/internal/proof/gallery"
)

// TestNamesExist checks that the files, mistakes, tests and anchors that the
// documents name exist.
func TestNamesExist(t *testing.T) {
	onlyShipped(t)
	var (
		paths   = regexp.MustCompile(`(?:\./|[(` + "`" + ` ])((?:0\d-[a-z-]+|solutions|internal|docs|\.ci)(?:/[\w.-]+)*)`)
		tests   = regexp.MustCompile(`-run (\w+) \./([\w/-]+)[\s` + "`" + `]`)
		files   = regexp.MustCompile(`\]\(([^)#:]+)(?:#[^)]*)?\)`)
		anchors = regexp.MustCompile(`\]\(([\w./]*)#([^)]+)\)`)
	)
	for _, name := range documents {
		document := read(t, filepath.Join(module.Root(t), filepath.FromSlash(name)))
		named := paths.FindAllStringSubmatch(document, -1)
		for _, m := range files.FindAllStringSubmatch(document, -1) {
			named = append(named, []string{"", path.Join(path.Dir(name), m[1])}) // a link is relative to its document
		}
		for _, m := range named {
			file := strings.TrimSuffix(strings.TrimRight(m[1], "."), "/")
			if _, err := os.Stat(filepath.Join(module.Root(t), filepath.FromSlash(file))); err == nil {
				continue
			}
			if _, err := gallery.Find(module.Root(t), file); err != nil || strings.HasSuffix(file, ".go") { // the name of a mistake
				t.Errorf("%s names %s, which isn't there", name, file)
			}
		}
		for _, m := range tests.FindAllStringSubmatch(document, -1) {
			if !strings.Contains(testCode(t, m[2]), "\nfunc "+m[1]+"(t *testing.T)") {
				t.Errorf("%s names the test %s, which isn't in %s", name, m[1], m[2])
			}
		}
		for _, m := range anchors.FindAllStringSubmatch(document, -1) {
			target := name
			if m[1] != "" {
				target = path.Join(path.Dir(name), m[1])
			}
			if !slices.Contains(headings(read(t, filepath.Join(module.Root(t), filepath.FromSlash(target)))), m[2]) {
				t.Errorf("%s links to #%s, which is no heading of %s", name, m[2], target)
			}
		}
	}
}

// testCode returns the code of all tests in a folder.
func testCode(t *testing.T, folder string) string {
	t.Helper()
	paths, err := filepath.Glob(filepath.Join(module.Root(t), folder, "*_test.go"))
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
	for line := range strings.Lines(fenced.ReplaceAllString(document, "")) {
		if title, ok := strings.CutPrefix(strings.TrimLeft(line, "#"), " "); ok && strings.HasPrefix(line, "#") {
			anchors = append(anchors, anchor(title))
		}
	}
	return anchors
}

var dropped = regexp.MustCompile(`[^\w\- ]`)

// anchor returns the anchor that GitHub makes of a heading.
func anchor(title string) string {
	return strings.ReplaceAll(dropped.ReplaceAllString(strings.ToLower(strings.TrimSpace(title)), ""), " ", "-")
}
