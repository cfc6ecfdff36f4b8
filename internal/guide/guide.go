// Package guide reads WORKSHOP.md: the exercises, their parts, the hints, and
// what a failure means. The guide is their only source.
package guide

import (
	"fmt"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// A Guide is what WORKSHOP.md says, in its order.
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
	Exercise string // 01-waitgroup
	Title    string // the heading of its section
	File     string // 01-waitgroup/gather.go
	Test     string // TestGather
	Minutes  int    // that it takes; 0 if its section doesn't say
	Hints    []string
}

// Extra reports whether the part is for whoever is ahead, and for home.
func (p Part) Extra() bool { return strings.HasSuffix(p.Title, "(extra)") }

// Name returns the name of the part's file, without folder and .go.
func (p Part) Name() string { return strings.TrimSuffix(path.Base(p.File), ".go") }

// A Meaning explains what a learner may read in a failure.
type Meaning struct {
	Read, Means string
}

var (
	fileLine = regexp.MustCompile("(?m)^File `((\\d\\d-[\\w-]+)/\\w+\\.go)`, tests `go test -failfast -run (\\w+) \\./[\\w-]+`(?:\\. (\\d+) minutes\\.$)?")
	hint     = regexp.MustCompile(`(?s)<details><summary>Hint (\d)</summary>\n(.*?)\n</details>`)
	row      = regexp.MustCompile("(?m)^\\| `([^`]+)`.* \\| (.+) \\|$")
)

// Parse reads the guide. It fails if that holds no exercise, or a part without
// hints.
func Parse(text string) (*Guide, error) {
	text = strings.ReplaceAll(text, "\r\n", "\n")
	g := new(Guide)
	for _, chapter := range strings.Split(text, "\n## ")[1:] {
		sections := strings.Split(chapter, "\n### ")
		for _, section := range sections[1:] {
			m := fileLine.FindStringSubmatch(section)
			if m == nil {
				continue
			}
			p := Part{Exercise: m[2], Title: firstLine(section), File: m[1], Test: m[3]}
			p.Minutes, _ = strconv.Atoi(m[4]) // nothing, or digits
			for i, h := range hint.FindAllStringSubmatch(section, -1) {
				if h[1] != fmt.Sprint(i+1) {
					return nil, fmt.Errorf("the guide's section %q has hint %s in place %d", p.Title, h[1], i+1)
				}
				p.Hints = append(p.Hints, strings.TrimSpace(h[2]))
			}
			if len(p.Hints) == 0 {
				return nil, fmt.Errorf("the guide's section %q has no hint", p.Title)
			}
			g.add(p, firstLine(chapter))
		}
	}
	if len(g.Exercises) == 0 {
		return nil, fmt.Errorf("the guide names no exercise")
	}
	_, table, _ := strings.Cut(text, "| you read | it means |")
	table, _, _ = strings.Cut(table, "\n\n")
	for _, m := range row.FindAllStringSubmatch(table, -1) {
		g.Meanings = append(g.Meanings, Meaning{Read: m[1], Means: m[2]})
	}
	return g, nil
}

func (g *Guide) add(p Part, title string) {
	i := slices.IndexFunc(g.Exercises, func(e Exercise) bool { return e.Name == p.Exercise })
	if i < 0 {
		i = len(g.Exercises)
		g.Exercises = append(g.Exercises, Exercise{Name: p.Exercise, Title: title})
	}
	g.Exercises[i].Parts = append(g.Exercises[i].Parts, p)
}

// Parts returns the parts of all exercises.
func (g *Guide) Parts() []Part {
	var all []Part
	for _, e := range g.Exercises {
		all = append(all, e.Parts...)
	}
	return all
}

func firstLine(text string) string {
	line, _, _ := strings.Cut(text, "\n")
	return strings.TrimSpace(line)
}
