package rehearsal

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"slices"
	"strconv"
	"strings"
)

// Vary says what the contract of the function under test speaks of, and so what
// calls of a scene may do.
type Vary struct {
	Fails   bool     // they may fail
	Exits   bool     // they may end their goroutine
	Context bool     // they have a context, and may ignore its end, or hide it
	Repeat  bool     // a name may stand twice
	Sends   bool     // they hand their values over, see [Script.FetchAndSend]
	All     bool     // none of them is left out of a smaller scene
	Errors  []error  // further errors with which they may fail
	Values  []string // further values that they may return
}

// Calls draws n calls, or some fewer. Where they fail, or the order of two results
// matters, each has its own name, value, error and time, except that several may take
// no time at all.
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
		before, again := values[c.Name]
		switch kind := a.Number(8 + len(vary.Values)); {
		case kind > 7:
			c.Returns = vary.Values[kind-8]
		case kind > 5: // it has no value
		case kind == 5 && len(calls) > 0:
			c.Returns = calls[len(calls)-1].Returns
		case kind == 4 && again:
			c.Returns = before
		case again:
			c.Returns = "new " + cmp.Or(before, "value of "+c.Name)
		default:
			c.Returns = "value of " + c.Name
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
	like := name // of which it is a variant
	if again := a.Number(n); again < len(before) {
		like = before[again].Name
	}
	switch odd {
	case 29, 30, 31, 32, 33:
		if repeat {
			return like
		}
	case 34:
		name = strings.ToUpper(like)
	case 35:
		name = like + " "
	case 36:
		name = ""
	case 37:
		name = "  "
	case 38:
		name = "%s \"\\\n" + name
	case 39:
		name = strings.Repeat(name, 300)
	}
	if _, taken := values[name]; taken {
		return name + "#" + strconv.Itoa(i)
	}
	return name
}

type sceneError struct{ text string }

func (e *sceneError) Error() string {
	if e == nil {
		return "an error that is a nil pointer"
	}
	return e.text
}

// sceneErrors is an error that can't be compared: == panics, and so does a map
// whose key it is.
type sceneErrors []string

func (e sceneErrors) Error() string { return strings.Join(e, ", ") }

func (e sceneErrors) Is(target error) bool {
	other, ok := target.(sceneErrors)
	return ok && slices.Equal(e, other)
}

// knownErrors are errors that programs compare with, and may treat in a special way.
var knownErrors = []error{io.EOF, context.Canceled, context.DeadlineExceeded, fs.ErrNotExist, os.ErrDeadlineExceeded}

// err draws the error with which call i fails. No two are the same, except the
// known ones and nil pointers.
func (a *Act) err(i int, more []error) error {
	text := "error " + strconv.Itoa(i)
	kind := a.Number(16)
	known := OneOf(a.Scene, slices.Concat(knownErrors, more)...)
	switch kind {
	case 4:
		return &sceneError{text}
	case 5, 6:
		return sceneErrors{text, "and another"}
	case 7:
		return (*sceneError)(nil)
	case 8:
		return errors.New("")
	case 9:
		return errors.Join(errors.New(text), &sceneError{"and another"})
	case 10:
		return errors.Join(errors.New(text), known)
	case 11, 12:
		return fmt.Errorf("%s: %w", text, known)
	case 13, 14, 15:
		return known
	}
	return errors.New(text)
}
