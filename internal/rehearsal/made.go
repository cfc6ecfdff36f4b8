package rehearsal

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strings"
	"time"
)

// A Made is a call that the function under test has made, for an oracle: a check
// that says what the contract wants of exactly these calls.
type Made struct {
	Name       string
	Start, End time.Duration // since the act began; End is 0 while Running
	Running    bool          // it has not ended
	Exited     bool          // it ended its goroutine
	Canceled   bool          // its context ended it
	Value      string        // that it returned
	Err        error         // that it returned
	Context    context.Context
	Ignores    bool          // it ignores the end of its context
	Sent       bool          // it handed its value over, see [Script.FetchAndSend]
	SentAt     time.Duration // since the act began
}

// Failed reports whether the call returned an error.
func (m Made) Failed() bool { return m.Err != nil }

// Made returns the calls that have been made, in the order of their starts.
func (s *Script) Made() []Made {
	s.mu.Lock()
	defer s.mu.Unlock()
	all := make([]Made, len(s.record))
	for i, e := range s.record {
		all[i] = Made{
			Name: e.name, Start: e.start, End: e.end,
			Running: e.how == running, Exited: e.how == exited, Canceled: e.how == canceled,
			Value: e.value, Err: e.err, Context: e.ctx, Ignores: e.ignores, Sent: e.sent, SentAt: e.sentAt,
		}
	}
	return all
}

// Elapsed returns how long the function under test took, and how many calls were
// under way when it returned.
func (s *Script) Elapsed() (elapsed time.Duration, underWay int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.elapsed, s.left
}

// First returns the errors that may be called the first: those of the calls
// that failed at the earliest moment. At one moment, which of them was first is
// a matter of luck.
func First(made []Made) (errs []error) {
	failed := slices.DeleteFunc(slices.Clone(made), func(m Made) bool { return m.Err == nil })
	if len(failed) == 0 {
		return nil
	}
	earliest := slices.MinFunc(failed, func(a, b Made) int { return cmp.Compare(a.End, b.End) }).End
	for _, m := range failed {
		if m.End == earliest {
			errs = append(errs, m.Err)
		}
	}
	return errs
}

// Errors returns the errors that the calls returned, in the order of the calls.
func Errors(made []Made) (errs []error) {
	for _, m := range made {
		if m.Err != nil {
			errs = append(errs, m.Err)
		}
	}
	return errs
}

// Last returns when the last of the calls ended, and 0 for none.
func Last(made []Made) (last time.Duration) {
	for _, m := range made {
		last = max(last, m.End)
	}
	return last
}

// WantOneOf fails the scene unless err is one of the wanted errors, as it is or
// wrapped, and none of the others. The reason says which one was wanted: "the
// error that occurred first".
func (a *Act) WantOneOf(function string, err error, wanted, others []error, reason string) {
	switch {
	case len(wanted) == 0 && err != nil:
		a.Fatalf("%s returned the error %q; want nil, because nothing failed", function, err)
	case len(wanted) > 0 && err == nil:
		a.Fatalf("%s returned the error nil; want %q, %s", function, wanted[0], reason)
	case len(wanted) == 0:
		return
	}
	for _, want := range wanted {
		if errors.Is(err, want) && !slices.ContainsFunc(others, func(other error) bool {
			return errors.Is(err, other) && !errors.Is(want, other)
		}) {
			return
		}
	}
	help := ""
	if want := wanted[0].Error(); want != "" && strings.Contains(err.Error(), want) && !errors.Is(err, wanted[0]) {
		help = ": the text is there, but errors.Is doesn't find the error; wrap it with %w, or return it as it is"
	}
	a.Fatalf("%s returned the error %q; want %q, %s%s", function, err, wanted[0], reason, help)
}
