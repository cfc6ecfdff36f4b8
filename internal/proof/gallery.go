package proof

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
)

// Mistakes checks every mistake in testdata/mistakes of the current folder:
// the test that its head comment names must fail, and say what the comment
// says. With -short the mistakes are left out.
func Mistakes(t *testing.T) {
	e := open(t)
	plain, race := e.newBuilder(t, false), e.newBuilder(t, true)
	for _, path := range gallery(t, "mistakes") {
		t.Run(caseName(path), func(t *testing.T) {
			m, err := readMistake(path)
			if err != nil {
				t.Fatal(err)
			}
			builder := plain
			if m.needsRace {
				wantRace(t)
				builder = race
			}
			if m.needsTwo && runtime.NumCPU() < 2 {
				t.Skip("only two processors show this mistake, and here is one")
			}
			// In front of Parallel: what goes on behind it does so when all
			// mistakes have come this far, and are known to the builder.
			tests := builder.add(t, path, m.refusedBy)
			t.Parallel()
			result := tests.run(t, runPattern(m.refusedBy))
			if slices.Contains(result.Skipped, rewrite(m.refusedBy)) {
				t.Skipf("%s is skipped here:\n%s", m.refusedBy, result.Output)
			}
			if err := m.check(result); err != nil {
				t.Errorf("%v\n%s", err, result.Output)
			}
		})
	}
}

// Variants checks that the exercise's tests pass over every right answer in
// testdata/variants of the current folder. With -short they are left out.
func Variants(t *testing.T) {
	builder := open(t).newBuilder(t, false)
	for _, path := range gallery(t, "variants") {
		t.Run(caseName(path), func(t *testing.T) {
			tests := builder.add(t, path, "")
			t.Parallel()
			wantPass(t, "the variant", tests.run(t, ""))
		})
	}
}

// gallery returns the paths of the Go files in a folder of testdata.
func gallery(t *testing.T, folder string) []string {
	t.Helper()
	if testing.Short() {
		t.Skip("the gallery is left out with -short")
	}
	dir, err := filepath.Abs(filepath.Join("testdata", folder))
	if err != nil {
		t.Fatal(err)
	}
	names, err := goFiles(dir)
	if err != nil {
		t.Fatal(err)
	}
	if len(names) == 0 {
		t.Fatalf("%s holds no Go file", dir)
	}
	paths := make([]string, len(names))
	for i, name := range names {
		paths[i] = filepath.Join(dir, name)
	}
	return paths
}

func caseName(path string) string { return strings.TrimSuffix(filepath.Base(path), ".go") }

// inPlaceOf says which file of the exercise the file of a gallery stands for:
// the one with the longest name that its name begins with.
func (e exercise) inPlaceOf(t testing.TB, path string) map[string]string {
	t.Helper()
	names, err := goFiles(e.solution)
	if err != nil {
		t.Fatal(err)
	}
	longest := ""
	for _, name := range names {
		if strings.HasPrefix(caseName(path), caseName(name)+"_") && len(name) > len(longest) {
			longest = name
		}
	}
	if longest == "" {
		t.Fatalf("%s stands for no file of %s; want a name like gather_no_wait.go, which stands for gather.go", path, e.name)
	}
	return map[string]string{longest: path}
}

// A mistake is what the head comment of a mistake says.
type mistake struct {
	refusedBy string // the test that must fail
	says      string // what it must print
	needsRace bool
	needsTwo  bool // processors
}

// readMistake reads the head comment of the file at path.
func readMistake(path string) (mistake, error) {
	content, err := os.ReadFile(path)
	if err != nil {
		return mistake{}, err
	}
	m, err := parseMistake(string(content))
	if err != nil {
		return m, fmt.Errorf("%s: %w", filepath.Base(path), err)
	}
	return m, nil
}

func parseMistake(content string) (m mistake, err error) {
	var story []string
	for line := range strings.Lines(content) {
		comment, ok := strings.CutPrefix(line, "//")
		if !ok {
			break
		}
		comment = strings.TrimSpace(comment)
		key, value, _ := strings.Cut(comment, ": ")
		switch key {
		case "Refused by":
			m.refusedBy = value
		case "Says":
			m.says = value
		case "Needs":
			switch value {
			case "-race":
				m.needsRace = true
			case "two processors":
				m.needsTwo = true
			default:
				return m, fmt.Errorf("the line %q in the head comment: a mistake can need -race, or two processors", comment)
			}
		default:
			story = append(story, comment)
		}
	}
	switch {
	case len(strings.Join(story, " ")) < 40:
		return m, fmt.Errorf("the head comment doesn't say what is wrong, and how it shows in production")
	case m.refusedBy == "":
		return m, fmt.Errorf("the head comment has no line %q with the name of the test that refuses the mistake", "Refused by:")
	case m.says == "":
		return m, fmt.Errorf("the head comment has no line %q with a part of the message", "Says:")
	}
	return m, nil
}

// check returns an error unless the result is what the mistake's head comment
// says.
func (m mistake) check(r result) error {
	test := rewrite(m.refusedBy)
	switch {
	case !r.Built:
		return fmt.Errorf("the mistake doesn't build; it must be refused by a test")
	case !slices.Contains(r.Ran, test):
		return fmt.Errorf("there is no test %q", m.refusedBy)
	case !r.failed(m.refusedBy):
		return fmt.Errorf("the mistake isn't refused: %s passes", m.refusedBy)
	case !strings.Contains(r.Output, m.says):
		return fmt.Errorf("the mistake is refused, but not with the message %q", m.says)
	}
	return nil
}
