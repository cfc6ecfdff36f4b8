package gallery

import (
	"errors"
	"fmt"
	"go/format"
	"regexp"
	"strings"
)

// An edit says which lines of a file go, and which come, at one place or more.
type edit [][]change

// A change is a line of an edit.
type change struct {
	sign byte   // '-' goes, '+' comes, ' ' shows the place
	text string // "..." is any number of lines
}

func parseEdit(text string) (edit, error) {
	var e edit
	if strings.TrimSpace(text) == "" {
		return nil, errors.New("no line goes or comes")
	}
	for place := range strings.SplitSeq(strings.Trim(text, "\n"), "\n\n") {
		var changes []change
		for line := range strings.SplitSeq(place, "\n") {
			if line == "" || !strings.Contains("-+ ", line[:1]) {
				return nil, fmt.Errorf("the line %q begins with neither -, + nor a space", line)
			}
			c := change{line[0], line[1:]}
			if c.sign != '+' && code(c.text) == "" {
				return nil, fmt.Errorf("the line %q holds no code: comments don't count", line)
			}
			changes = append(changes, c)
		}
		if changes[0].dots() || changes[len(changes)-1].dots() {
			return nil, errors.New("dots need a line above and below them")
		}
		e = append(e, changes)
	}
	return e, nil
}

func (c change) dots() bool { return c.sign != '+' && strings.TrimSpace(c.text) == "..." }

// A line is a line of the file that is edited.
type line struct {
	text          string
	code          string // "" if it holds none
	indent        int
	gone          bool
	before, after []string // what comes
}

// code returns a line of code in the form in which it is compared: without
// indentation, alignment and comment.
func code(text string) string {
	return strings.Join(strings.Fields(comment.ReplaceAllString(text, "")), " ")
}

var comment = regexp.MustCompile(`(^|\s)//.*`)

// apply returns the file that the edit makes of the original.
func (e edit) apply(original string) (string, error) {
	var lines, coded []*line
	for text := range strings.SplitSeq(original, "\n") {
		l := &line{text: text, code: code(text), indent: len(text) - len(strings.TrimLeft(text, "\t"))}
		lines = append(lines, l)
		if l.code != "" {
			coded = append(coded, l)
		}
	}
	for _, changes := range e {
		at, err := find(changes, coded)
		if err != nil {
			return "", err
		}
		walk(changes, coded[at:], true)
	}
	// A comment stays with the line that it stands above, or goes with it.
	for i := len(lines) - 2; i >= 0; i-- {
		if comment, below := lines[i], lines[i+1]; comment.code == "" && comment.text != "" {
			comment.gone = below.gone
			comment.before, below.before = below.before, nil
		}
	}
	var b strings.Builder
	for _, l := range lines {
		for _, text := range l.before {
			b.WriteString(text + "\n")
		}
		if !l.gone {
			b.WriteString(l.text + "\n")
		}
		for _, text := range l.after {
			b.WriteString(text + "\n")
		}
	}
	result, err := fixImports(b.String())
	if err != nil {
		return "", err
	}
	formatted, err := format.Source([]byte(result))
	return string(formatted), err
}

// find returns the one place in lines that the changes fit.
func find(changes []change, lines []*line) (at int, err error) {
	at = -1
	most := 0 // changes that fit in one place
	for i := range lines {
		n := walk(changes, lines[i:], false)
		if n == len(changes) && at >= 0 {
			return 0, fmt.Errorf("the lines from %q on fit two places: show more lines around them", changes[0].text)
		}
		if n == len(changes) {
			at = i
		}
		most = max(most, n)
	}
	switch {
	case at >= 0:
		return at, nil
	case most == 0:
		return 0, fmt.Errorf("there is no line %q", changes[0].text)
	}
	return 0, fmt.Errorf("there is no line %q below %q", changes[most].text, changes[most-1].text)
}

// walk goes through the lines as the changes say, and returns how many of the
// changes fit. With mark it marks what goes and comes.
func walk(changes []change, lines []*line, mark bool) (fit int) {
	i := 0
	for n, c := range changes {
		switch {
		case c.sign == '+' && !mark:
		case c.sign == '+' && i == 0:
			lines[0].before = append(lines[0].before, c.text)
		case c.sign == '+':
			lines[i-1].after = append(lines[i-1].after, c.text)
		case c.dots():
			last, next := lines[i-1].indent, ""
			for _, later := range changes[n+1:] {
				if later.sign != '+' && next == "" {
					next = code(later.text)
				}
			}
			for i < len(lines) && (lines[i].code != next || lines[i].indent != last) {
				lines[i].gone = lines[i].gone || mark && c.sign == '-'
				i++
			}
		default:
			if i == len(lines) || lines[i].code != code(c.text) {
				return n
			}
			lines[i].gone = lines[i].gone || mark && c.sign == '-'
			i++
		}
	}
	return len(changes)
}
