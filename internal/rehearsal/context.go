package rehearsal

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"
)

// A Context is the context of one act. It begins with the act, and ends as the
// scene says.
type Context struct {
	context.Context // nil until the act begins
	act             *Act
	kind            contextKind
	after           time.Duration // it is canceled, or its deadline is; 0: before the act begins
	atCall          int           // it is canceled when so many calls have been made before
	cancel          context.CancelCauseFunc
	counts          bool // whether it counts what is registered

	mu         sync.Mutex
	ended      time.Duration // when it was canceled at a call, since the act began; -1: not yet
	registered int
	done       chan struct{}
}

type contextKind int

const (
	lives contextKind = iota
	canceledAfter
	deadlineAfter
	canceledWithCause
	parentCanceled
	canceledAtCall
)

type sceneKey struct{}

var errClosed = errors.New("the user has closed the window")

// Context draws the context of the act: one that lives on, that is done already,
// or that ends later, by a cancel, with or without a cause, by its deadline, or
// with its parent. Some are canceled by a call of the act's first script as it
// starts, so draw the script before. Some count what is registered with them.
func (a *Act) Context() *Context {
	c := &Context{act: a, ended: -1}
	a.contexts = append(a.contexts, c)
	kinds := []contextKind{lives, lives, lives, canceledAfter, canceledAfter, deadlineAfter, deadlineAfter, canceledWithCause, parentCanceled, canceledAtCall}
	c.kind = OneOf(a.Scene, kinds...)
	done := a.Percent(15)
	after, at := a.Moment(), a.Size(300)
	c.counts = a.Percent(25)
	switch c.kind {
	case lives:
	case canceledAtCall:
		if len(a.scripts) == 0 || len(a.scripts[0].calls) == 0 {
			c.kind = lives
			break
		}
		c.atCall = min(at, len(a.scripts[0].calls)-1)
	default:
		if !done {
			c.after = after
		}
	}
	a.Say("%s", c.describe())
	return c
}

func (c *Context) describe() string {
	text := "the context"
	if c.counts {
		text += ", which isn't one of package context,"
	}
	switch c.kind {
	case lives:
		if c.counts {
			return text + " lives on"
		}
		return "the context lives on"
	case canceledAtCall:
		return fmt.Sprintf("%s is canceled as call number %d starts", text, c.atCall+1)
	}
	how := map[contextKind]string{
		canceledAfter:     "is canceled",
		deadlineAfter:     "has its deadline",
		canceledWithCause: "is canceled with a cause",
		parentCanceled:    "is canceled with its parent",
	}[c.kind]
	if c.after == 0 {
		return fmt.Sprintf("%s %s before the call", text, how)
	}
	return fmt.Sprintf("%s %s after %v", text, how, c.after)
}

// begin makes the context.
func (c *Context) begin() {
	ctx := context.WithValue(c.act.T.Context(), sceneKey{}, c)
	parent, cancelParent := context.WithCancel(ctx)
	ctx, c.cancel = context.WithCancelCause(parent)
	end := func(cause error) func() { return func() { c.cancel(cause) } }
	switch c.kind {
	case lives:
	case canceledAfter:
		c.at(end(nil))
	case canceledWithCause:
		c.at(end(errClosed))
	case parentCanceled:
		c.at(cancelParent)
	case deadlineAfter:
		var cancel context.CancelFunc
		ctx, cancel = context.WithDeadline(ctx, c.act.began.Add(c.after))
		c.act.T.Cleanup(cancel)
	case canceledAtCall:
		c.act.scripts[0].atStart = map[int]func(){c.atCall: func() {
			c.mu.Lock()
			c.ended = time.Since(c.act.began)
			c.mu.Unlock()
			c.cancel(nil)
		}}
	}
	c.Context = ctx
	if c.counts {
		c.done = make(chan struct{})
		if ctx.Err() != nil {
			close(c.done)
		} else {
			context.AfterFunc(ctx, func() { close(c.done) })
		}
	}
	c.act.T.Cleanup(cancelParent)
}

func (c *Context) at(end func()) {
	if c.after == 0 {
		end()
		return
	}
	time.AfterFunc(c.after, end)
}

// Ended returns when the context ends, after the begin of the act, and what its
// Err returns then; the error is nil if it lives on.
func (c *Context) Ended() (after time.Duration, err error) {
	switch c.kind {
	case lives:
		return 0, nil
	case deadlineAfter:
		return c.after, context.DeadlineExceeded
	case canceledAtCall:
		c.mu.Lock()
		defer c.mu.Unlock()
		if c.ended < 0 {
			return 0, nil
		}
		return c.ended, context.Canceled
	}
	return c.after, context.Canceled
}

// Done, Err and AfterFunc are context.Context's and what package context calls to
// register something, see the documentation of context.AfterFunc, where the
// context counts that.

func (c *Context) Done() <-chan struct{} {
	if c.counts {
		return c.done
	}
	return c.Context.Done()
}

func (c *Context) Err() error {
	if c.counts {
		select {
		case <-c.done:
		default:
			return nil
		}
	}
	return c.Context.Err()
}

func (c *Context) AfterFunc(f func()) (stop func() bool) {
	c.count(+1)
	gone := sync.OnceFunc(func() { c.count(-1) })
	halt := context.AfterFunc(c.Context, func() {
		gone()
		<-c.Done()
		f()
	})
	return func() bool {
		gone()
		return halt()
	}
}

func (c *Context) count(n int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.registered += n
}

// WantNothingLeft fails the scene if something is still registered with the
// context although the function under test has returned.
func (c *Context) WantNothingLeft(function string) {
	c.mu.Lock()
	n := c.registered
	c.mu.Unlock()
	if n > 0 {
		c.act.Fatalf("%s left %s registered with its context; want none: "+
			"call what context.AfterFunc returns, and cancel the contexts that you derive", function, count(n, "thing"))
	}
}

// Lives reports whether the context doesn't end.
func (c *Context) Lives() bool { return c.kind == lives }

// DoneBefore reports whether the context is done before the act begins.
func (c *Context) DoneBefore() bool {
	return c.kind != lives && c.kind != canceledAtCall && c.after == 0
}

// WantContext fails the scene unless the calls have had a context that is made
// from ctx, with its values and its deadline, and that is done by now.
func (s *Script) WantContext(ctx *Context) {
	s.WantDerived(ctx)
	for _, m := range s.Made() {
		if m.Context.Err() == nil {
			s.t.Fatalf("the context of the %s %q lives on after %s has returned; want it canceled: it stays in memory as long as the one that it is made from", s.noun, m.Name, s.function)
		}
	}
}

// WantDerived fails the scene unless the calls have had ctx, or a context that is
// made from it: with its values and its deadline.
func (s *Script) WantDerived(ctx *Context) {
	deadline, limited := ctx.Deadline()
	for _, m := range s.Made() {
		theirs, has := m.Context.Deadline()
		switch {
		case m.Context.Value(sceneKey{}) != ctx:
			s.t.Fatalf("the %s %q doesn't find the value that its caller's context holds; want a context that is made from the one %s got", s.noun, m.Name, s.function)
		case limited && (!has || theirs.After(deadline)):
			s.t.Fatalf("the %s %q doesn't see the deadline of its caller's context; want a context that is made from the one %s got", s.noun, m.Name, s.function)
		}
	}
}
