package guide

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"example.com/errgroup-workshop/internal/gotest"
	"example.com/errgroup-workshop/internal/proof"
)

// TestPictures compares the pictures of the documents with what the tests draw.
// A picture is the block below a comment that says where it comes from: the
// exercise, the test, and the name of the mistake that the test runs over; without
// one it runs over the solution.
//
//	<!-- picture: 01-waitgroup | TestGather/asks all sources at the same time | gather_wait_in_loop -->
func TestPictures(t *testing.T) {
	onlyShipped(t)
	comment := regexp.MustCompile(`<!-- picture: (\S+) \| ([^|]+?)(?: \| (\w+))? -->$`)
	drawn := 0
	for _, name := range shown {
		eachBlock(t, name, func(b block) (string, bool) {
			m := comment.FindStringSubmatch(b.before)
			if m == nil {
				return "", false
			}
			drawn++
			return picture(t, m[1], m[2], m[3]), true
		})
	}
	if drawn == 0 {
		t.Error("the documents hold no picture")
	}
}

// picture returns what a test prints: its message, if it fails, and its
// timeline.
func picture(t *testing.T, exercise, test, mistake string) string {
	t.Helper()
	r := proof.Run(t, exercise, mistake, test)
	printed := r.Tests[gotest.Rewrite(test)]
	lines := slices.Collect(strings.Lines(printed))
	if len(lines) == 0 {
		t.Fatalf("%s prints nothing:\n%s", test, r.Output)
	}
	indent := len(lines[0]) - len(strings.TrimLeft(lines[0], " "))
	for i, line := range lines {
		lines[i] = line[min(indent, len(line)-1):]
	}
	return strings.Join(lines, "")
}
