package errgroups

import (
	"errors"
	"testing"

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
			t.Fatalf("%s returned %q as value %d; want %q: the values must stand in the order of keys", function, got[i], i, want[i])
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

// kitFailing returns n calls that fail at once with ErrEarly.
func kitFailing(n int) []rehearsal.Call {
	calls := rehearsal.Numbered(n)
	for i := range calls {
		calls[i].Takes, calls[i].Fails = 0, rehearsal.ErrEarly
	}
	return calls
}
