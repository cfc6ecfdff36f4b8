// Package gallery reads the answers that stand in solutions/<exercise>/testdata:
// mistakes, which the exercise's tests must reject, and variants, which they
// must pass.
//
// # Mistakes
//
// A mistake stands for one file of the exercise: gather_no_wait is a gather.go.
// The mistakes of gather.go are edits of the solution, all in gather.txt:
//
//	== gather_no_wait
//	Nobody waits for the goroutines. In production the page shows empty names.
//	Refused by: TestGather/waits for a source and returns its answer
//	Says: Gather returned after 0s; want 3s
//	Needs: -race
//	-wg.Wait()
//
// First comes what is wrong and how it shows in production. The named test must
// fail, and print what Says says. Needs is there only for a mistake that nothing
// but the race detector can see, which is left out without -race, or nothing but
// two processors ("Needs: two processors"), or nothing but the kit's watchdog, for
// which the test then waits a second instead of five ("Needs: the watchdog").
//
// Below that stands what changes. A line that begins with - goes, a line that
// begins with + comes, and a line that begins with a space shows where. A line
// "-..." takes all lines up to the next one of the edit, where that is indented
// like the line above the dots: "-for {", "-...", "-}" is a whole loop. An empty
// line separates places, which may stand in any order. Each must fit the solution
// exactly once. Indentation, comments and empty lines don't count, and imports
// follow from the code.
//
// A mistake that is closer to a variant names it, and is an edit of that:
// "Changes: gather_map".
//
// A mistake that the guide links is a whole file, gather_no_wait.go, with the
// same lines as its head comment.
//
// # Variants
//
// A variant is a right answer that is written in another way, or with other
// means: a whole file, under the same kind of name.
package gallery

import (
	"cmp"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

// An Answer is a whole file that stands for a file of an exercise.
type Answer struct {
	Name string // gather_no_wait
	File string // gather.go
	Code string
}

// A Mistake is a wrong answer.
type Mistake struct {
	Answer
	Err       error  // why there is no more than the name, or no code
	Story     string // what is wrong, and how it shows in production
	RefusedBy string // the test that must fail
	Says      string // what it must print
	Changes   string // the variant that it is an edit of; "" for the solution

	NeedsRace     bool
	NeedsTwo      bool // processors
	NeedsWatchdog bool // because it hangs
}

// Mistakes returns the mistakes in the folder testdata/mistakes of a solution, in
// the order of their names. A mistake that can't be read has an Err.
func Mistakes(solution string) ([]Mistake, error) {
	answers, err := readAnswers(solution, "mistakes")
	if err != nil {
		return nil, err
	}
	var all []Mistake
	for _, answer := range answers {
		m := Mistake{Answer: answer}
		m.Err = m.readHead(headComment(answer.Code))
		all = append(all, m)
	}
	texts, err := filepath.Glob(filepath.Join(solution, "testdata", "mistakes", "*.txt"))
	if err != nil {
		return nil, err
	}
	for _, text := range texts {
		edits, err := readEdits(solution, text)
		if err != nil {
			return nil, err
		}
		all = append(all, edits...)
	}
	slices.SortFunc(all, func(a, b Mistake) int { return cmp.Compare(a.Name, b.Name) })
	for i := range len(all) - 1 {
		if name := all[i].Name; name == all[i+1].Name {
			all[i].Err = fmt.Errorf("there are two mistakes named %s", name)
		}
	}
	return all, nil
}

// Variants returns the variants in the folder testdata/variants of a solution.
func Variants(solution string) ([]Answer, error) {
	return readAnswers(solution, "variants")
}

// readAnswers returns the Go files in a folder of testdata.
func readAnswers(solution, folder string) ([]Answer, error) {
	files, err := GoFiles(solution)
	if err != nil {
		return nil, err
	}
	dir := filepath.Join(solution, "testdata", folder)
	names, err := GoFiles(dir)
	if err != nil {
		return nil, err
	}
	var all []Answer
	for _, name := range names {
		code, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			return nil, err
		}
		a := Answer{Name: strings.TrimSuffix(name, ".go"), Code: string(code)}
		for _, file := range files { // the longest that fits: fetch_all.go, not fetch.go
			if strings.HasPrefix(name, strings.TrimSuffix(file, ".go")+"_") && len(file) > len(a.File) {
				a.File = file
			}
		}
		if a.File == "" {
			return nil, fmt.Errorf("%s stands for no file of %s; want a name like gather_no_wait.go, which stands for gather.go", name, solution)
		}
		all = append(all, a)
	}
	return all, nil
}

// readEdits returns the mistakes in a text file, which are edits of the file of
// the solution that has the same name.
func readEdits(solution, path string) ([]Mistake, error) {
	content, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	file := strings.TrimSuffix(filepath.Base(path), ".txt") + ".go"
	var all []Mistake
	for _, section := range strings.Split("\n"+unixLines(string(content)), "\n== ")[1:] {
		name, section, _ := strings.Cut(section, "\n")
		m := Mistake{Answer: Answer{Name: name, File: file}}
		if prefix := strings.TrimSuffix(file, ".go") + "_"; !strings.HasPrefix(name, prefix) {
			m.Err = fmt.Errorf("the mistake %q stands in %s; want a name that begins with %s", name, filepath.Base(path), prefix)
		} else {
			m.Err = m.readEdit(solution, section)
		}
		all = append(all, m)
	}
	if len(all) == 0 {
		return nil, fmt.Errorf(`%s holds no mistake: none of its lines begins with "== "`, path)
	}
	return all, nil
}

// editBegins fits where the first line of an edit begins.
var editBegins = regexp.MustCompile(`(?m)^[-+ ]`)

func (m *Mistake) readEdit(solution, section string) error {
	head, changes := section, ""
	if at := editBegins.FindStringIndex(section); at != nil {
		head, changes = section[:at[0]], section[at[0]:]
	}
	if err := m.readHead(strings.Split(head, "\n")); err != nil {
		return err
	}
	path := filepath.Join(solution, m.File)
	if m.Changes != "" {
		path = filepath.Join(solution, "testdata", "variants", m.Changes+".go")
	}
	content, err := os.ReadFile(path)
	if err != nil {
		return fmt.Errorf("%s is an edit of a file that can't be read: %w", m.Name, err)
	}
	original := unixLines(string(content))
	if m.Changes != "" { // its head comment tells of a right answer
		_, original, _ = strings.Cut("\n"+original, "\npackage ")
		original = "package " + original
	}
	e, err := parseEdit(changes)
	if err == nil {
		m.Code, err = e.apply(original)
	}
	if err != nil {
		return fmt.Errorf("%s doesn't fit %s: %w", m.Name, path, err)
	}
	return nil
}

// readHead reads the lines above the code of a mistake.
func (m *Mistake) readHead(lines []string) error {
	var story []string
	for _, line := range lines {
		key, value, _ := strings.Cut(line, ": ")
		switch key {
		case "Refused by":
			m.RefusedBy = value
		case "Says":
			m.Says = value
		case "Changes":
			m.Changes = value
		case "Needs":
			switch value {
			case "-race":
				m.NeedsRace = true
			case "two processors":
				m.NeedsTwo = true
			case "the watchdog":
				m.NeedsWatchdog = true
			default:
				return fmt.Errorf("%s: the line %q: a mistake can need -race, two processors, or the watchdog", m.Name, line)
			}
		default:
			story = append(story, line)
		}
	}
	m.Story = strings.TrimSpace(strings.Join(story, " "))
	switch {
	case len(m.Story) < 40:
		return fmt.Errorf("%s: its head doesn't say what is wrong, and how it shows in production", m.Name)
	case m.RefusedBy == "":
		return fmt.Errorf("%s: its head has no line %q with the name of the test that rejects the mistake", m.Name, "Refused by:")
	case m.Says == "":
		return fmt.Errorf("%s: its head has no line %q with a part of the message", m.Name, "Says:")
	}
	return nil
}

// headComment returns the lines of the comment that a file begins with.
func headComment(code string) []string {
	var lines []string
	for line := range strings.Lines(code) {
		comment, ok := strings.CutPrefix(line, "//")
		if !ok {
			break
		}
		lines = append(lines, strings.TrimSpace(comment))
	}
	return lines
}

// GoFiles returns the names of the Go files in a folder that are no tests.
func GoFiles(dir string) ([]string, error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, err
	}
	var names []string
	for _, entry := range entries {
		name := entry.Name()
		if !entry.IsDir() && strings.HasSuffix(name, ".go") && !strings.HasSuffix(name, "_test.go") {
			names = append(names, name)
		}
	}
	return names, nil
}

// Find returns the mistake with a name like 01-waitgroup/gather_no_wait in the
// module whose folder is root.
func Find(root, name string) (Mistake, error) {
	exercise, name, _ := strings.Cut(name, "/")
	all, err := Mistakes(filepath.Join(root, "solutions", exercise))
	if err != nil {
		return Mistake{}, err
	}
	i := slices.IndexFunc(all, func(m Mistake) bool { return m.Name == name })
	if i < 0 {
		return Mistake{}, errors.New("there is no mistake " + exercise + "/" + name)
	}
	return all[i], all[i].Err
}

func unixLines(text string) string { return strings.ReplaceAll(text, "\r\n", "\n") }
