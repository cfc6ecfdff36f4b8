package rehearsal

import (
	"fmt"
	"strconv"
	"strings"
)

// maxDescribed is how many calls the description of a scene names; the rest is
// counted.
const maxDescribed = 4

// describe says what the calls of the script are, one text each, after a first
// one that counts them. A script without a noun has no calls to speak of.
func (s *Script) describe() []string {
	if s.noun == "" {
		return nil
	}
	texts := []string{"no " + s.noun}
	if len(s.calls) > 0 {
		texts[0] = count(len(s.calls), s.noun)
	}
	for i, call := range s.calls {
		if i == maxDescribed {
			return append(texts, fmt.Sprintf("and %d more", len(s.calls)-i))
		}
		texts = append(texts, call.describe())
	}
	return texts
}

// describe says in words what the call does.
func (c Call) describe() string {
	when := "at once"
	if c.Takes > 0 {
		when = fmt.Sprintf("after %v", c.Takes)
	}
	var b strings.Builder
	b.WriteString(strconv.Quote(c.Name))
	switch {
	case c.Exits:
		fmt.Fprintf(&b, " ends its goroutine %s", when)
	case c.SendsAndFails:
		fmt.Fprintf(&b, " sends its value %s, and fails%s with %q", when, c.later(), c.Fails)
	case c.Fails != nil:
		fmt.Fprintf(&b, " fails %s with %q", when, c.Fails)
	case c.sends && c.Returns == "":
		fmt.Fprintf(&b, " returns nil %s and sends nothing", when)
	case c.sends:
		value := "its value"
		if c.Returns != "value of "+c.Name {
			value = strconv.Quote(c.Returns)
		}
		fmt.Fprintf(&b, " sends %s %s", value, when)
		if c.Lingers > 0 {
			fmt.Fprintf(&b, ", and returns%s", c.later())
		}
	case c.Returns == "value of "+c.Name: // what Calls draws where nothing else matters
		fmt.Fprintf(&b, " returns %s", when)
	default:
		fmt.Fprintf(&b, " returns %q %s", c.Returns, when)
	}
	switch {
	case c.IgnoresContext:
		b.WriteString(", and ignores its context")
	case c.WhenCanceled == ReturnsContextError:
		b.WriteString(", or ctx.Err() when canceled")
	case c.WhenCanceled == ReturnsValue && c.sends:
		b.WriteString(", or nil when canceled")
	case c.WhenCanceled == ReturnsValue:
		fmt.Fprintf(&b, ", and %q, nil when canceled", c.Returns)
	}
	return b.String()
}

// later says how long after it has handed its value over the call returns.
func (c Call) later() string {
	if c.Lingers == 0 {
		return ""
	}
	return fmt.Sprintf(" %v later", c.Lingers)
}

// describeUncanceled says which calls still run because nobody has canceled the
// context that they got.
func (s *Script) describeUncanceled() (lines []string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, e := range s.record {
		if e.how == running && !e.ignores && cancelable(e.ctx) && len(lines) < maxDescribed {
			lines = append(lines, strconv.Quote(e.name)+" still runs: nobody has canceled the context that it got")
		}
	}
	return lines
}
