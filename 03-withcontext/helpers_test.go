package withcontext

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

var (
	errEarly = errors.New("early error")
	errLate  = error(lateError{}) // of another type: errors have many
)

type lateError struct{}

func (lateError) Error() string { return "late error" }

// An ending is one way in which a context ends at a moment.
type ending struct {
	name string
	at   func(ctx context.Context, moment time.Duration) (context.Context, context.CancelFunc)
	err  error
}

var endings = []ending{
	{"canceled", cancelAfter, context.Canceled},
	{"deadline", context.WithTimeout, context.DeadlineExceeded},
	{"canceled with a cause", cancelAfterWithCause, context.Canceled},
}

func cancelAfter(ctx context.Context, d time.Duration) (context.Context, context.CancelFunc) {
	ctx, cancel := context.WithCancel(ctx)
	time.AfterFunc(d, cancel)
	return ctx, cancel
}

func cancelAfterWithCause(ctx context.Context, d time.Duration) (context.Context, context.CancelFunc) {
	ctx, cancel := context.WithCancelCause(ctx)
	time.AfterFunc(d, func() { cancel(errors.New("the user has closed the window")) })
	return ctx, func() { cancel(nil) }
}

// wantContextError fails the test unless errors.Is finds want in the error.
func wantContextError(t testing.TB, function string, err, want error) {
	t.Helper()
	switch {
	case err == nil:
		t.Fatalf("%s returned nil although the context was done; want an error that matches %q, "+
			"so that the caller can tell the work was not finished", function, want)
	case !errors.Is(err, want):
		t.Fatalf("%s returned the error %q; want one in which errors.Is finds %q, the error of its context", function, err, want)
	}
}

// An openContext lives for ever, and lets a test see what is registered with
// it and taken off again: contexts that are derived from it, and functions of
// context.AfterFunc.
type openContext struct {
	context.Context
	never      chan struct{}
	takenOff   func() // called when something is taken off
	registered atomic.Int64
}

func newOpenContext(ctx context.Context, takenOff func()) *openContext {
	return &openContext{Context: ctx, never: make(chan struct{}), takenOff: takenOff}
}

func (c *openContext) Done() <-chan struct{} { return c.never }

// AfterFunc is what package context calls to register something; see the
// documentation of context.AfterFunc.
func (c *openContext) AfterFunc(func()) (stop func() bool) {
	c.registered.Add(1)
	return sync.OnceValue(func() bool {
		c.registered.Add(-1)
		c.takenOff()
		return true
	})
}
