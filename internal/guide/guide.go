// Package guide reads the guide: the exercises, their parts, the hints, and
// what a failure means. The guide is their only source.
package guide

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// Files are the documents that the guide is read from, in this order.
var Files = []string{"WORKSHOP.md", "docs/extras.md"}

// A Guide is what the documents say, in their order.
type Guide struct {
	Exercises []Exercise
	Meanings  []Meaning
}

// An Exercise is a numbered folder.
type Exercise struct {
	Name  string // 01-waitgroup
	Title string // the heading of its chapter
	Parts []Part
}

// A Part is a file of an exercise.
type Part struct {
	Exercise string   // 01-waitgroup
	Title    string   // the heading of its section
	File     string   // 01-waitgroup/gather.go
	Test     string   // TestGather
	Minutes  int      // that it takes
	Hints    []string // each paragraph on one line
	Then     string   // what the section asks for once the tests pass, or ""
}

// Extra reports whether the part is for people who are ahead, and for home.
func (p Part) Extra() bool { return strings.HasSuffix(p.Title, "(extra)") }

// Name returns the name of the part's file, without folder and .go.
func (p Part) Name() string { return strings.TrimSuffix(path.Base(p.File), ".go") }

// A Meaning explains what a learner may read in a failure.
type Meaning struct {
	Read, Means string
}

// Read reads the guide of the clone in the folder root. An error says how to
// repair the guide.
func Read(root string) (*Guide, error) {
	var texts []string
	for _, name := range Files {
		text, err := os.ReadFile(filepath.Join(root, filepath.FromSlash(name)))
		switch {
		case errors.Is(err, fs.ErrNotExist):
			return nil, fmt.Errorf("%s is not there any more; the workshop needs it: git restore %s", name, name)
		case err != nil:
			return nil, err
		}
		texts = append(texts, string(text))
	}
	g, err := Parse(texts...)
	if err != nil {
		return nil, fmt.Errorf("%s can't be read: %w; git restore %s", strings.Join(Files, " or "), err, strings.Join(Files, " "))
	}
	return g, nil
}

var (
	heading = regexp.MustCompile(`(?m)^(##+) (.+)$`)
	data    = regexp.MustCompile(`(?m)^<!-- part: (.*) -->$`)
	fields  = regexp.MustCompile(`^((\d\d-[\w-]+)/\w+\.go) (Test\w+) (\d+)$`)
	hint    = regexp.MustCompile(`(?s)<details><summary>Hint \d</summary>\n(.*?)\n</details>`)
	row     = regexp.MustCompile("(?m)^\\| `([^`]+)`.* \\| (.+) \\|$")
)

// Parse reads the guide from the texts of its documents. The section of a part
// has a comment with the part's file, its test, and its minutes:
//
//	<!-- part: 01-waitgroup/gather.go TestGather 12 -->
//
// Parse fails if the texts hold no part, or a comment that isn't like this.
func Parse(texts ...string) (*Guide, error) {
	g := new(Guide)
	for _, text := range texts {
		text = strings.ReplaceAll(text, "\r\n", "\n")
		chapter := ""
		headings := heading.FindAllStringSubmatchIndex(text, -1)
		for i, h := range headings {
			title := text[h[4]:h[5]]
			if h[3]-h[2] == len("##") {
				chapter = title
			}
			end := len(text)
			if i+1 < len(headings) {
				end = headings[i+1][0]
			}
			if err := g.addSection(chapter, title, text[h[1]:end]); err != nil {
				return nil, err
			}
		}
		_, table, _ := strings.Cut(text, "| you read | it means |")
		table, _, _ = strings.Cut(table, "\n\n")
		for _, m := range row.FindAllStringSubmatch(table, -1) {
			g.Meanings = append(g.Meanings, Meaning{Read: m[1], Means: m[2]})
		}
	}
	if len(g.Exercises) == 0 {
		return nil, errors.New("it names no exercise")
	}
	return g, nil
}

// addSection adds the part that a section is about, if it is about one.
func (g *Guide) addSection(chapter, title, text string) error {
	comment := data.FindStringSubmatch(text)
	if comment == nil {
		return nil
	}
	m := fields.FindStringSubmatch(comment[1])
	if m == nil {
		return fmt.Errorf("the section %q has the comment %s", title, comment[0])
	}
	p := Part{Exercise: m[2], Title: title, File: m[1], Test: m[3]}
	p.Minutes, _ = strconv.Atoi(m[4]) // digits
	for _, h := range hint.FindAllStringSubmatch(text, -1) {
		p.Hints = append(p.Hints, joinLines(h[1]))
	}
	if i := strings.LastIndex(text, "</details>"); i >= 0 {
		p.Then = joinLines(text[i+len("</details>"):])
	}

	i := slices.IndexFunc(g.Exercises, func(e Exercise) bool { return e.Name == p.Exercise })
	if i < 0 {
		i = len(g.Exercises)
		g.Exercises = append(g.Exercises, Exercise{Name: p.Exercise, Title: chapter})
	}
	g.Exercises[i].Parts = append(g.Exercises[i].Parts, p)
	return nil
}

// joinLines returns the text with each paragraph on one line, so that a terminal
// can wrap it to its own width. Code keeps its lines.
func joinLines(text string) string {
	var b strings.Builder
	code, open := false, false // in a block of code, in a paragraph
	for line := range strings.Lines(strings.TrimSpace(text) + "\n") {
		fence := strings.HasPrefix(line, "```")
		switch {
		case open && (line == "\n" || fence || strings.HasPrefix(line, "- ")):
			b.WriteString("\n")
			open = false
		case open:
			b.WriteString(" ")
		}
		if fence {
			code = !code
		}
		if code || fence || line == "\n" {
			b.WriteString(line)
			continue
		}
		b.WriteString(strings.TrimSpace(line))
		open = true
	}
	return strings.TrimSpace(b.String())
}

// Parts returns the parts of all exercises.
func (g *Guide) Parts() []Part {
	var all []Part
	for _, e := range g.Exercises {
		all = append(all, e.Parts...)
	}
	return all
}
