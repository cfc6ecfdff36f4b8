package proof

import (
	"errors"
	"fmt"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"testing"

	"example.com/errgroup-workshop/internal/gotest"
	"example.com/errgroup-workshop/internal/proof/gallery"
	"example.com/errgroup-workshop/internal/rehearsal"
)

// Mistakes checks every mistake in testdata/mistakes of the current folder: the
// test that it names must fail, and print what it says. With -short the mistakes
// are left out.
func Mistakes(t *testing.T) {
	notShort(t)
	e := open(t)
	program := e.newProgram(t, false)
	mistakes, err := gallery.Mistakes(e.solution)
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range mistakes {
		t.Run(m.Name, func(t *testing.T) {
			if m.Err != nil {
				t.Fatal(m.Err)
			}
			if m.NeedsRace && !rehearsal.RaceEnabled {
				t.Skip("only the race detector sees this mistake: go test -race runs it")
			}
			wantProcessors(t, m)
			// Before Parallel: what comes after it begins when all mistakes have
			// come this far, and are in the program.
			tests := program.add(t, m.Answer)
			t.Parallel()
			result, err := tests.refuse(t, m)
			if slices.Contains(result.Skipped, gotest.Rewrite(m.RefusedBy)) {
				t.Skipf("%s is skipped here:\n%s", m.RefusedBy, result.Output)
			}
			if err != nil {
				t.Fatalf("%v\n%s", err, result.Output)
			}
		})
	}
}

// Variants checks that the tests of a part pass over every right answer to it in
// testdata/variants of the current folder. With -short they are left out.
func Variants(t *testing.T) {
	notShort(t)
	program := open(t).newProgram(t, false)
	variants, err := gallery.Variants(program.solution)
	if err != nil {
		t.Fatal(err)
	}
	for _, variant := range variants {
		t.Run(variant.Name, func(t *testing.T) {
			tests := program.add(t, variant)
			t.Parallel()
			wantPass(t, "the variant", tests.run(t, ""))
		})
	}
}

// wantProcessors skips the test if the mistake needs more processors than there are.
func wantProcessors(t *testing.T, m gallery.Mistake) {
	t.Helper()
	if m.NeedsTwo && runtime.NumCPU() < 2 {
		t.Skip("only two processors show this mistake, and here is one")
	}
}

func notShort(t *testing.T) {
	t.Helper()
	if testing.Short() {
		t.Skip("the gallery is left out with -short")
	}
}

// says reports whether the output has the message of the mistake. The smallest
// scene that is found may differ from run to run, and with it the numbers and the
// texts in quotation marks.
func says(m gallery.Mistake, output string) bool {
	if inScenes(m) {
		return strings.Contains(ofAnyScene(output), ofAnyScene(m.Says))
	}
	return strings.Contains(output, m.Says)
}

// inScenes reports whether random scenes refuse the mistake.
func inScenes(m gallery.Mistake) bool { return strings.HasSuffix(m.RefusedBy, "/"+scenesStep) }

// scenesStep is the name of the last step of a part.
const scenesStep = "keeps its contract in random scenes"

var ofScene = regexp.MustCompile(`"[^"\n]*"|\d[\d.]*[a-zµ]*`)

func ofAnyScene(text string) string { return ofScene.ReplaceAllString(text, "…") }

// dataRace is what the race detector prints. A race that it sees on the way to
// what a mistake says comes first.
const dataRace = "WARNING: DATA RACE"

// tries is how often a mistake runs in which chance has a part.
const tries = 10

// refuse runs the test that refuses the mistake, and returns an error unless the
// result is what the mistake says. Of a mistake that needs two processors one of
// some tries must be refused, as the other processor may be busy with other
// mistakes. In random scenes all must, and one with the message: which of two
// cases a select takes is chance, so another fault of the mistake may show first.
func (a *answer) refuse(t testing.TB, m gallery.Mistake) (r result, err error) {
	t.Helper()
	var env []string
	if m.NeedsWatchdog {
		env = append(env, "REHEARSAL_POLLS=20")
	}
	for range tries {
		r = a.run(t, gotest.Pattern(m.RefusedBy), env...)
		err = check(m, r)
		again := m.NeedsTwo || inScenes(m) && r.failed(m.RefusedBy)
		if err == nil || !again {
			break
		}
	}
	return r, err
}

// check returns an error unless the result is what the mistake says.
func check(m gallery.Mistake, r result) error {
	switch {
	case !r.Built:
		return errors.New("the mistake doesn't build; it must be refused by a test")
	case !slices.Contains(r.Ran, gotest.Rewrite(m.RefusedBy)):
		return fmt.Errorf("there is no test %q", m.RefusedBy)
	case !r.failed(m.RefusedBy):
		return fmt.Errorf("the mistake isn't refused: %s passes", m.RefusedBy)
	case !says(m, r.Output) && !strings.Contains(r.Output, dataRace):
		return fmt.Errorf("the mistake is refused, but not with the message %q", m.Says)
	}
	return nil
}
