package waitgroup

import (
	"fmt"
	"slices"
	"testing"
)

// kitWantAnswers fails the test unless got holds the wanted answers in their
// order.
func kitWantAnswers(t testing.TB, got, want []string) {
	t.Helper()
	if slices.Equal(got, want) {
		return
	}
	help := ""
	switch {
	case len(got) < len(want):
		help = ": there must be an answer for every source"
	case len(got) > len(want):
		help = ": there must be one answer for each source (append adds behind the answers that the slice has already)"
	case slices.Equal(slices.Sorted(slices.Values(got)), slices.Sorted(slices.Values(want))):
		help = ": the answers must be in the order of the sources, not in the order of arrival"
	}
	t.Fatalf("Gather returned %s; want %s%s", kitShort(got), kitShort(want), help)
}

// kitShort returns the answers as text, the first ten of them.
func kitShort(answers []string) string {
	if n := len(answers); n > 10 {
		return fmt.Sprintf("%.60q and %d more", answers[:10], n-10)
	}
	return fmt.Sprintf("%.60q", answers)
}
