package guide

import (
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"example.com/errgroup-workshop/internal/module"
)

// The tests in this package hold the documents to what they say.

var documents = append(slices.Clone(shown), "CONTRIBUTING.md")

// shown are the documents whose transcripts, pictures and programs are real.
var shown = []string{"WORKSHOP.md", "README.md", "docs/editor.md", "docs/extras.md", "docs/observing.md", "docs/teaching.md"}

var shipped = flag.Bool("shipped", false, "check the documents, in a repository as it is shipped")

var update = flag.Bool("update", false, "write what the commands and tests print to the documents")

// onlyShipped skips a test that a learner's clone can't pass.
func onlyShipped(t *testing.T) {
	t.Helper()
	if !*shipped {
		t.Skip("a learner's clone holds answers; go test ./internal/guide -shipped checks the repository as it is shipped")
	}
}

// A block is a fenced block of a document.
type block struct {
	language string // everything after the fence
	text     string
	before   string // the last line of text above it
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

// eachBlock calls f for the blocks of a document. Where f returns true, the
// text must be the one that f returns; with -update it becomes that.
func eachBlock(t *testing.T, name string, f func(b block) (text string, ok bool)) {
	t.Helper()
	path := filepath.Join(module.Root(t), filepath.FromSlash(name))
	document := read(t, path)
	var b strings.Builder
	at := 0
	for _, block := range blocks(document) {
		text, ok := f(block)
		if !ok || text == block.text {
			continue
		}
		if !*update {
			t.Errorf("%s says\n%s\nand it is\n%s\n(if that is right: go test ./internal/guide -shipped -update)", name, block.text, text)
		}
		b.WriteString(document[at:block.begin] + text)
		at = block.begin + len(block.text)
	}
	if b.WriteString(document[at:]); *update {
		write(t, path, b.String())
	}
}

func read(t *testing.T, path string) string {
	t.Helper()
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return strings.ReplaceAll(string(content), "\r\n", "\n")
}

func write(t *testing.T, path, content string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(content), 0o666); err != nil {
		t.Fatal(err)
	}
}
