package rehearsal

import (
	"context"
	"strconv"
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

// describeUncanceled says which calls still run because nobody has canceled the
// context that they got.
func (s *Script) describeUncanceled() (lines []string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, e := range s.record {
		if e.how == running && !e.ignores && e.ctx.Done() != nil && e.ctx.Err() == nil && len(lines) < maxDescribed {
			lines = append(lines, strconv.Quote(e.name)+" still runs: nobody has canceled the context that it got")
		}
	}
	return lines
}
