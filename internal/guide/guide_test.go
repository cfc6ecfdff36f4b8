package guide

import (
	"strings"
	"testing"
)

const text = "# T\n\n## 1. First: one\n\n### Gather\n\n" +
	"File `01-first/gather.go`, tests `go test -failfast -run TestGather ./01-first`. 12 minutes.\n\n" +
	"<details><summary>Hint 1</summary>\n\nLook.\n\n</details>\n<details><summary>Hint 2</summary>\n\nLook again.\n\n</details>\n\n" +
	"### When it is green\n\nNothing.\n\n| you read | it means |\n| --- | --- |\n| `DATA RACE` (with `-race`) | No lock. |\n\n| `no` | row |\n"

func TestParse(t *testing.T) {
	for name, text := range map[string]string{"plain": text, "with the line ends of Windows": strings.ReplaceAll(text, "\n", "\r\n")} {
		g, err := Parse(text)
		if err != nil || len(g.Exercises) != 1 || len(g.Parts()) != 1 {
			t.Fatalf("%s: got %+v and the error %v; want one part", name, g, err)
		}
		p := g.Parts()[0]
		if p.Exercise != "01-first" || p.File != "01-first/gather.go" || p.Test != "TestGather" || p.Name() != "gather" || p.Minutes != 12 {
			t.Errorf("%s: got the part %+v", name, p)
		}
		if len(p.Hints) != 2 || p.Hints[1] != "Look again." {
			t.Errorf("%s: got the hints %q; want two", name, p.Hints)
		}
		if len(g.Meanings) != 1 || g.Meanings[0] != (Meaning{"DATA RACE", "No lock."}) {
			t.Errorf("%s: got the meanings %q; want one", name, g.Meanings)
		}
	}
}

func TestParseRefuses(t *testing.T) {
	for want, text := range map[string]string{
		"no exercise":       "# T\n\n## 1. Chapter\n",
		"has no hint":       strings.ReplaceAll(text, "Hint", "Thought"),
		"hint 2 in place 1": strings.ReplaceAll(text, "Hint 1", "Note"),
	} {
		if _, err := Parse(text); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("got the error %v; want one with %q", err, want)
		}
	}
}
