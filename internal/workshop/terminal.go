package main

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"os"
	"strings"
)

// A terminal is standard output. It has colours where it is a terminal that
// can show them, and the user wants them.
type terminal struct {
	io.Writer
	control bool // whether control codes may be written
}

func newTerminal(f *os.File) *terminal {
	info, err := f.Stat()
	isTerminal := err == nil && info.Mode()&os.ModeCharDevice != 0 && info.Name() != "null"
	// https://no-color.org: any value that isn't empty.
	wanted := os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb"
	return &terminal{Writer: f, control: isTerminal && wanted && understandsControl(f)}
}

func (t *terminal) printf(format string, args ...any) { fmt.Fprintf(t, format, args...) }

func (t *terminal) red(s string) string   { return t.in("31", s) }
func (t *terminal) green(s string) string { return t.in("32", s) }
func (t *terminal) bold(s string) string  { return t.in("1", s) }

func (t *terminal) in(code, s string) string {
	if !t.control {
		return s
	}
	return "\x1b[" + code + "m" + s + "\x1b[0m"
}

// clear makes the screen empty, where there is one.
func (t *terminal) clear() {
	if t.control {
		t.printf("\x1b[H\x1b[2J")
	}
}

// readLines sends the lines of r, without their ends, and closes the channel at
// the end of r. The goroutine goes on until then: a read from a terminal can't
// be canceled.
func readLines(r io.Reader) <-chan string {
	lines := make(chan string)
	go func() {
		defer close(lines)
		scanner := bufio.NewScanner(r)
		for scanner.Scan() {
			lines <- strings.TrimSpace(scanner.Text())
		}
	}()
	return lines
}

// ask asks a question that has the answers yes and no. The end of input, and
// anything but yes, is no.
func (a *app) ask(ctx context.Context, question string) bool {
	a.out.printf("%s [y/N] ", question)
	select {
	case <-ctx.Done():
		return false
	case line, ok := <-a.lines:
		if !ok {
			a.out.printf("\n")
		}
		line = strings.ToLower(line)
		return line == "y" || line == "yes"
	}
}
