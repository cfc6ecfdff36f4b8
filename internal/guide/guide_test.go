package guide

import (
	"strings"
	"testing"
)

const text = "# T\n\n## 1. First: one\n\n### Gather\n\n" +
	"<!-- part: 01-first/gather.go TestGather 12 -->\nEdit a file. 12 minutes.\n\n" +
	"<details><summary>Hint 1</summary>\n\nLook.\n\n</details>\n<details><summary>Hint 2</summary>\n\nLook again.\n\n</details>\n\nTry more.\n\n" +
	"### When the tests pass\n\nNothing.\n\n| you read | it means |\n| --- | --- |\n| `DATA RACE` (with `-race`) | No lock. |\n\n| `no` | row |\n"

const more = "# More\n\n## Cache (extra)\n\n<!-- part: 01-first/cache.go TestCache 5 -->\n"

func TestParse(t *testing.T) {
	for name, text := range map[string]string{"plain": text, "with the line ends of Windows": strings.ReplaceAll(text, "\n", "\r\n")} {
		g, err := Parse(text, more)
		if err != nil || len(g.Exercises) != 1 || len(g.Parts()) != 2 {
			t.Fatalf("%s: got %+v and the error %v; want one exercise with two parts", name, g, err)
		}
		p := g.Parts()[0]
		if p.Exercise != "01-first" || p.File != "01-first/gather.go" || p.Test != "TestGather" || p.Name() != "gather" || p.Minutes != 12 || p.Extra() {
			t.Errorf("%s: got the part %+v", name, p)
		}
		if len(p.Hints) != 2 || p.Hints[1] != "Look again." || p.Then != "Try more." {
			t.Errorf("%s: got the hints %q, and then %q; want two, and Try more", name, p.Hints, p.Then)
		}
		if p := g.Parts()[1]; p.File != "01-first/cache.go" || p.Title != "Cache (extra)" || !p.Extra() {
			t.Errorf("%s: got the part %+v from the second text", name, p)
		}
		if title := g.Exercises[0].Title; title != "1. First: one" {
			t.Errorf("%s: got the title %q for the exercise", name, title)
		}
		if len(g.Meanings) != 1 || g.Meanings[0] != (Meaning{"DATA RACE", "No lock."}) {
			t.Errorf("%s: got the meanings %q; want one", name, g.Meanings)
		}
	}
}

func TestJoinLines(t *testing.T) {
	text := "\nOne\ntwo.\n\n- a\n  b\n- c\n\n```\nif x {\n\n\ty\n}\n```\n\nThree\nfour.\n"
	want := "One two.\n\n- a b\n- c\n\n```\nif x {\n\n\ty\n}\n```\n\nThree four."
	if got := joinLines(text); got != want {
		t.Errorf("joinLines(%q) = %q; want %q", text, got, want)
	}
}

func TestParseRejects(t *testing.T) {
	for want, text := range map[string]string{
		"no exercise": "# T\n\n## 1. Chapter\n",
		"the comment": strings.ReplaceAll(text, " 12 -->", " -->"),
	} {
		if _, err := Parse(text); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("got the error %v; want one with %q", err, want)
		}
	}
}

func TestReadNamesTheFileThatIsMissing(t *testing.T) {
	if _, err := Read(t.TempDir()); err == nil || !strings.Contains(err.Error(), "git restore WORKSHOP.md") {
		t.Errorf("got the error %v; want one that says how to get WORKSHOP.md back", err)
	}
}
