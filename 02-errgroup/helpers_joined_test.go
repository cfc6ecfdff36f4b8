package errgroups

import (
	"errors"
	"maps"
	"slices"
	"strconv"
	"strings"
	"testing"

	"example.com/errgroup-workshop/internal/rehearsal"
)

// kitWantJoined fails the test unless err joins the errors of the fetches that
// were made: errors.Is finds each of them, and the text names each key together
// with its error, in the order of keys. No error, no failed fetch.
func kitWantJoined(t testing.TB, err error, keys []string, made []rehearsal.Made) {
	t.Helper()
	failed := make(map[string][]error) // by key
	fetched := make(map[string]int)    // how often
	for _, m := range made {
		fetched[m.Name]++
		if m.Failed() {
			failed[m.Name] = append(failed[m.Name], m.Err)
		}
	}
	switch {
	case err != nil && len(failed) == 0:
		t.Fatalf("FetchSome returned the error %.200q; want nil, because every fetch succeeded", err)
	case err == nil && len(failed) > 0:
		t.Fatalf("FetchSome returned the error nil; want one that joins the errors of the keys %s", kitShort(slices.Sorted(maps.Keys(failed))))
	case err == nil:
		return
	}

	text := err.Error()
	times := make(map[string]int) // how often an error of this text occurred
	// Not each of thousands: that takes the square of the time.
	for i, want := range rehearsal.Errors(made) {
		times[want.Error()]++
		if i < 20 && !errors.Is(err, want) {
			t.Fatalf("FetchSome returned the error %.200q, in which errors.Is doesn't find %q; want every error, wrapped with %%w and joined", text, want)
		}
	}
	for message, n := range times {
		if got := strings.Count(text, message); message != "" && len(times) < 100 && got < n {
			t.Fatalf("FetchSome returned the error %.200q, in which %q occurs %d times; want %d, because so many fetches failed with it", text, message, got, n)
		}
	}
	if strings.Contains(text, "<nil>") {
		t.Fatalf("FetchSome returned the error %.200q; want no error for a fetch that succeeded", text)
	}

	// Of a key that occurs twice, either fetch may be the one that failed.
	var sure []string
	inOrder := func(keyFirst bool) bool { return kitInOrder(text, sure, failed, keyFirst) }
	named := func(key string) bool { _, found := kitAfter(text, key, kitQuoted(key)); return found }
	for _, key := range keys {
		switch {
		case len(failed[key]) == 0:
		case len(failed[key]) == fetched[key]:
			sure = append(sure, key)
		case !named(key):
			t.Fatalf("FetchSome returned the error %.200q; want it to name the key %.60q, whose fetches failed", text, key)
		}
	}
	if inOrder(true) || inOrder(false) {
		return
	}
	for _, key := range sure {
		if !named(key) {
			t.Fatalf("FetchSome returned the error %.200q; want it to name the key %.60q, whose fetch failed", text, key)
		}
	}
	t.Fatalf("FetchSome returned the error %.200q; want the errors in the order of keys, each with its own key: of %s", text, kitShort(sure))
}

// kitInOrder reports whether the text names each of the keys with its error, in
// this order, the key in front of the error or behind it.
func kitInOrder(text string, keys []string, failed map[string][]error, keyFirst bool) bool {
	for _, key := range keys {
		for _, isKey := range []bool{keyFirst, !keyFirst} {
			words := []string{key, kitQuoted(key)}
			if !isKey {
				words = nil
				for _, err := range failed[key] { // which of them is of which fetch is open
					words = append(words, err.Error())
				}
			}
			after, found := kitAfter(text, words...)
			if !found {
				return false
			}
			text = after
		}
	}
	return true
}

// kitAfter returns what comes after one of the words, the one that stands first
// in the text.
func kitAfter(text string, words ...string) (after string, found bool) {
	for _, word := range words {
		_, rest, ok := strings.Cut(text, word)
		if ok && (!found || len(rest) > len(after)) {
			after, found = rest, true
		}
	}
	return after, found
}

// kitQuoted returns the key as %q shows it, without the quotation marks.
func kitQuoted(key string) string {
	quoted := strconv.Quote(key)
	return quoted[1 : len(quoted)-1]
}
