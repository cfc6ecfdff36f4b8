package withcontext

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"example.com/errgroup-workshop/internal/rehearsal"
)

// A kitEnding is one way in which a context ends at a moment.
type kitEnding struct {
	name string
	at   func(ctx context.Context, moment time.Duration) (context.Context, context.CancelFunc)
	err  error
}

var kitEndings = []kitEnding{
	{"canceled", rehearsal.CancelAfter, context.Canceled},
	{"deadline", context.WithTimeout, context.DeadlineExceeded},
	{"canceled with a cause", kitCancelAfterWithCause, context.Canceled},
}

func kitCancelAfterWithCause(ctx context.Context, d time.Duration) (context.Context, context.CancelFunc) {
	ctx, cancel := context.WithCancelCause(ctx)
	time.AfterFunc(d, func() { cancel(errors.New("the user has closed the window")) })
	return ctx, func() { cancel(nil) }
}

// kitWantContextError fails the test unless errors.Is finds want in the error.
func kitWantContextError(t testing.TB, function string, err, want error) {
	t.Helper()
	switch {
	case err == nil:
		t.Fatalf("%s returned nil although the context was done; want an error that matches %q, "+
			"so that the caller can tell the work was not finished", function, want)
	case !errors.Is(err, want):
		t.Fatalf("%s returned the error %q; want one in which errors.Is finds %q, the error of its context", function, err, want)
	}
}

// kitFirstFailure returns when the first of the calls failed, -1 for never.
func kitFirstFailure(made []rehearsal.Made) time.Duration {
	first := time.Duration(-1)
	for _, m := range made {
		if m.Failed() && (first < 0 || m.End < first) {
			first = m.End
		}
	}
	return first
}

// A kitOpenContext lives for ever, and lets a test see what is registered with
// it and taken off again: contexts that are derived from it, and functions of
// context.AfterFunc.
type kitOpenContext struct {
	context.Context
	never      chan struct{}
	takenOff   func() // called when something is taken off
	registered atomic.Int64
}

func kitNewOpenContext(ctx context.Context, takenOff func()) *kitOpenContext {
	return &kitOpenContext{Context: ctx, never: make(chan struct{}), takenOff: takenOff}
}

func (c *kitOpenContext) Done() <-chan struct{} { return c.never }

// AfterFunc is what package context calls to register something; see the
// documentation of context.AfterFunc.
func (c *kitOpenContext) AfterFunc(func()) (stop func() bool) {
	c.registered.Add(1)
	return sync.OnceValue(func() bool {
		c.registered.Add(-1)
		c.takenOff()
		return true
	})
}
