package rehearsal

import (
	"context"
	"time"
)

// An entry is the record of one call.
type entry struct {
	name       string
	start, end time.Duration // since the script began
	how        ending
	value      string
	err        error
	note       string // what it returned, or its error
	ctx        context.Context
	ignores    bool          // it ignores the end of its context
	sent       bool          // it has handed its value over
	sentAt     time.Duration // since the script began
	uncanceled bool          // it could have been canceled, and was not
}

// cancelable reports whether the context can end, and has not.
func cancelable(ctx context.Context) bool { return ctx.Done() != nil && ctx.Err() == nil }

// An ending says how a call ended.
type ending int

const (
	running  ending = iota // it has not ended
	ended                  // it returned a value
	failed                 // it returned the error of its script
	canceled               // its context was done first
	exited                 // it ended its goroutine
	uncalled               // it was never made
)
