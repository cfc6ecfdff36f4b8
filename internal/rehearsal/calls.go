package rehearsal

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
)

// Vary says what the contract of the function under test speaks of, and so what
// calls of a scene may do.
type Vary struct {
	Fails   bool    // they may fail
	Exits   bool    // they may end their goroutine
	Context bool    // they have a context, and may ignore its end, or hide it
	Repeat  bool    // a name may stand twice
	Sends   bool    // they hand their values over, see [Script.FetchAndSend]
	All     bool    // none of them is left out of a smaller scene
	Errors  []error // further errors with which they may fail
}

// Calls draws at most n calls, and nearly always n. Where they fail, or the order
// of two results matters, each has its own name, value, error and time, except that
// several may take no time at all.
func (a *Act) Calls(n int, vary Vary) []Call {
	calls := make([]Call, 0, n)
	values := make(map[string]string)
	failing := 0 // percent
	if vary.Fails {
		failing = OneOf(a.Scene, 25, 0, 60, 100)
	}
	special := 12 // percent of the calls that do what is rare
	if n > 50 {
		special = 1
	}
	for i := range n {
		absent := !a.Percent(97) && !vary.All // so that a smaller scene can do without it
		c := Call{Name: a.name(len(calls), n, calls, values, vary.Repeat), Takes: a.Duration()}
		if !a.Percent(25) {
			c.Returns = "value of " + c.Name
		}
		if value, again := values[c.Name]; again {
			c.Returns = value // of the same key
		}
		if vary.Fails {
			fails, err := a.Percent(failing), a.err(i, vary.Errors)
			if fails {
				c.Fails = err
			}
		}
		if vary.Exits {
			c.Exits = a.Percent(special)
		}
		if vary.Context {
			c.IgnoresContext = a.Percent(special * 2)
			c.WhenCanceled = OneOf(a.Scene, WrapsContextError, WrapsContextError, ReturnsContextError, ReturnsValue)
		}
		if vary.Sends {
			c.sends = true
			if a.Percent(special * 2) {
				c.Lingers = a.Moment()
			}
			c.SendsAndFails = a.Percent(special) && c.Fails != nil && c.Returns != ""
		}
		if !absent {
			calls = append(calls, c)
			values[c.Name] = c.Returns
		}
	}
	return calls
}

// name draws a name for call i of n: a letter or a number, now and then one
// that a program may stumble over.
func (a *Act) name(i, n int, before []Call, values map[string]string, repeat bool) string {
	name := strconv.Itoa(i)
	if n <= 26 {
		name = string(rune('a' + i))
	}
	odd := a.Number(40)
	again := a.Number(n)
	switch odd {
	case 30, 31, 32, 33, 34:
		if repeat && again < len(before) {
			return before[again].Name
		}
	case 35:
		name = strings.ToUpper(name)
	case 36:
		name = ""
	case 37:
		name = "  "
	case 38:
		name = "%s \n" + name
	case 39:
		name = strings.Repeat(name, 300)
	}
	if _, taken := values[name]; taken {
		return name + "#" + strconv.Itoa(i)
	}
	return name
}

type sceneError struct{ text string }

func (e *sceneError) Error() string { return e.text }

// err draws the error with which call i fails. No two are the same, except
// those that programs compare with.
func (a *Act) err(i int, more []error) error {
	text := "error " + strconv.Itoa(i)
	kind := a.Number(14 + len(more))
	switch kind {
	case 6:
		return fmt.Errorf("%s: %w", text, io.EOF)
	case 7:
		return io.EOF
	case 8:
		return context.Canceled
	case 9:
		return context.DeadlineExceeded
	case 10:
		return fmt.Errorf("%s: %w", text, context.Canceled)
	case 11:
		return fmt.Errorf("%s: %w", text, context.DeadlineExceeded)
	case 12:
		return errors.New("")
	case 13:
		return errors.Join(errors.New(text), &sceneError{"and another"})
	case 4, 5:
		return &sceneError{text}
	}
	if kind >= 14 {
		return more[kind-14]
	}
	return errors.New(text)
}
