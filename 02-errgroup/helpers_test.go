package errgroups

import (
	"errors"
	"fmt"
	"testing"

	"go.uber.org/goleak"

	"example.com/errgroup-workshop/internal/rehearsal"
)

// kitWantValues fails the test unless the function returned the wanted values and
// no error.
func kitWantValues(t testing.TB, function string, got []string, err error, want []string) {
	t.Helper()
	switch {
	case err != nil:
		t.Fatalf("%s returned the error %q; want nil, because every fetch succeeded", function, err)
	case len(got) != len(want):
		t.Fatalf("%s returned %d values %.40q; want %d, one for each key", function, len(got), got, len(want))
	}
	for i := range want {
		if got[i] != want[i] {
			t.Fatalf("%s returned %q as value %d; want %q: the values must be in the order of keys", function, got[i], i, want[i])
		}
	}
}

// kitWantError fails the test unless the function returned no values and the
// wanted error.
func kitWantError(t testing.TB, function string, got []string, err, want error) {
	t.Helper()
	switch {
	case err == nil:
		t.Fatalf("%s returned the error nil; want %q, the error that occurred first", function, want)
	case !errors.Is(err, want):
		t.Fatalf("%s returned the error %q; want %q, the error that occurred first", function, err, want)
	case errors.Is(err, rehearsal.ErrLate):
		t.Fatalf("%s returned the error %q; want %q alone, the error that occurred first", function, err, want)
	case got != nil:
		t.Fatalf("%s returned the values %q together with an error; want nil", function, got)
	}
}

// kitLosesNoError returns a step in which a fetch fails at once. If a select
// chooses between that and the end of all fetches, both of its cases may be ready.
func kitLosesNoError(function string, call func(keys []string, fetch func(key string) (string, error)) ([]string, error)) func(t *rehearsal.T) {
	return func(t *rehearsal.T) {
		defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
		fetch := func(string) (string, error) { return "", rehearsal.ErrEarly }
		t.Stumble(func() string {
			if _, err := call([]string{"name"}, fetch); err == nil {
				return function + ` returned the error nil; want "early error", the error of its only fetch: ` + rehearsal.Overtaken
			}
			return ""
		})
	}
}

// kitShort returns the texts in one, the first ten of them.
func kitShort(texts []string) string {
	if n := len(texts); n > 10 {
		return fmt.Sprintf("%.60q and %d more", texts[:10], n-10)
	}
	return fmt.Sprintf("%.60q", texts)
}
