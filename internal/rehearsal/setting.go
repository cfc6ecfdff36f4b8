package rehearsal

import (
	"os"
	"strconv"
	"testing"
)

// setting returns the number that the environment variable holds, or usual if it
// holds none.
func setting(t testing.TB, variable string, usual int) int {
	t.Helper()
	text := os.Getenv(variable)
	if text == "" {
		return usual
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < 1 {
		t.Fatalf("%s is %q; want a number above 0", variable, text)
	}
	return n
}
