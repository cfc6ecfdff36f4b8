package main

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"regexp"
	"strings"
	"sync"
	"unicode/utf8"
)

// A terminal is standard output, and the keys of standard input. It has colors
// where it is a terminal that can show them, and the user wants them.
type terminal struct {
	io.Writer
	in      *os.File
	control bool                       // whether control codes may be written
	colors  bool                       // whether those for colors may, too
	size    func() (width, height int) // zeros where there is no limit
	err     error                      // the first error of a write

	keys <-chan string // see key

	mu      sync.Mutex
	restore func() // gives the terminal back as it was; nil while it is
}

func newTerminal(in, f *os.File) *terminal {
	info, err := f.Stat()
	isTerminal := err == nil && info.Mode()&os.ModeCharDevice != 0 && info.Name() != "null"
	t := &terminal{Writer: f, in: in, control: isTerminal && os.Getenv("TERM") != "dumb" && understandsControl(f)}
	t.colors = t.control && os.Getenv("NO_COLOR") == "" // https://no-color.org: any value that isn't empty
	t.size = func() (width, height int) { return windowSize(f) }
	return t
}

// printf prints lines that break at words where the terminal ends.
func (t *terminal) printf(format string, args ...any) {
	width, _ := t.size()
	if _, err := io.WriteString(t, wrap(fmt.Sprintf(format, args...), width)); err != nil && t.err == nil {
		t.err = err
	}
}

func (t *terminal) red(s string) string   { return t.code("31", s) }
func (t *terminal) green(s string) string { return t.code("32", s) }
func (t *terminal) bold(s string) string  { return t.code("1", s) }

func (t *terminal) code(code, s string) string {
	if !t.colors {
		return s
	}
	return "\x1b[" + code + "m" + s + "\x1b[0m"
}

// bar returns a bar of ten places for n of m.
func (t *terminal) bar(n, m int) string {
	full, empty := "█", "░"
	if !t.control {
		full, empty = "#", "." // a pipe of PowerShell carries no others
	}
	n = 10 * n / max(1, m)
	return strings.Repeat(full, n) + strings.Repeat(empty, 10-n)
}

// clear makes the screen empty, where there is one.
func (t *terminal) clear() {
	if t.control {
		t.printf("\x1b[H\x1b[2J")
	}
}

const unbroken = "\u00a0" // a space at which wrap breaks no line

// wrap breaks the lines of text that are longer than width, at spaces. What is
// moved to the next line is indented as the line is. A width of 0 is no limit.
func wrap(text string, width int) string {
	lines := strings.Split(text, "\n")
	for i, line := range lines {
		if width == 0 || columns(line) <= width {
			continue
		}
		indent := line[:len(line)-len(strings.TrimLeft(line, " \t"))]
		row, rows := "", []string(nil)
		for word := range strings.SplitAfterSeq(line[len(indent):], " ") {
			if row != "" && columns(indent+row+strings.TrimRight(word, " ")) > width {
				rows, row = append(rows, indent+strings.TrimRight(row, " ")), ""
			}
			row += word
		}
		lines[i] = strings.Join(append(rows, indent+row), "\n")
	}
	return strings.ReplaceAll(strings.Join(lines, "\n"), unbroken, " ")
}

var colorCode = regexp.MustCompile("\x1b\\[[0-9;]*m")

// columns returns how wide a line is on the screen, at most: a tab counts as one at
// the beginning of the line.
func columns(line string) int {
	return utf8.RuneCountInString(colorCode.ReplaceAllString(line, "")) + 7*strings.Count(line, "\t")
}

// setRaw makes each key count at once, without Enter, where the terminal can do
// that, and Ctrl-C and Ctrl-Z keys too; or it gives the terminal back as it was.
func (t *terminal) setRaw(raw bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	switch {
	case raw && t.restore == nil && t.control:
		t.restore = makeRaw(t.in)
	case !raw && t.restore != nil:
		t.restore()
		t.restore = nil
	}
}

func (t *terminal) isRaw() bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.restore != nil
}

// stop stops the program, as Ctrl-Z does, and returns when it goes on.
func (t *terminal) stop() {
	wasRaw := t.isRaw()
	t.setRaw(false)
	stopGroup()
	t.setRaw(wasRaw)
}

const ctrlC, ctrlZ = "\x03", "\x1a"

// key returns the channel of what a user types: a key each if the terminal is
// raw when key is called first, or else a line each, without its end. The channel
// is closed at the end of input. A read from a terminal can't be canceled, so the
// goroutine that reads goes on until then.
func (t *terminal) key() <-chan string {
	if t.keys != nil {
		return t.keys
	}
	keys := make(chan string)
	t.keys = keys
	rawKeys := t.isRaw()
	go func() {
		defer close(keys)
		if !rawKeys {
			for scanner := bufio.NewScanner(t.in); scanner.Scan(); {
				keys <- strings.TrimSpace(scanner.Text())
			}
			return
		}
		chunk := make([]byte, 64)
		for {
			n, err := t.in.Read(chunk)
			if err != nil || n == 0 {
				return
			}
			if chunk[0] == '\x1b' {
				continue // an arrow, for example, is several characters
			}
			for _, key := range string(chunk[:n]) {
				keys <- strings.Trim(string(key), " \r\n")
			}
		}
	}()
	return keys
}
