package proof

import (
	"testing"

	"example.com/errgroup-workshop/internal/gotest"
)

// wantRace skips the test where go test -race can't run.
func wantRace(t testing.TB) {
	t.Helper()
	if ok, why := gotest.RaceWorks(); !ok {
		t.Skipf("only the race detector sees this mistake, and go test -race can't run here: %s", why)
	}
}
