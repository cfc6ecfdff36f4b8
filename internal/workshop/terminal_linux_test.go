package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"testing"
	"time"
)

// newPTY makes a terminal. What is typed and seen is at master, until t ends.
func newPTY(t *testing.T, columns, rows uint16) (master, terminal *os.File) {
	t.Helper()
	master, err := os.OpenFile("/dev/ptmx", os.O_RDWR, 0)
	if err != nil {
		t.Skip("no terminal can be made here: ", err)
	}
	var unlocked int32
	var number uint32
	size := struct{ rows, columns, x, y uint16 }{rows: rows, columns: columns}
	if !ioctl(master, syscall.TIOCSPTLCK, &unlocked) || !ioctl(master, syscall.TIOCGPTN, &number) || !ioctl(master, syscall.TIOCSWINSZ, &size) {
		t.Fatal("a terminal can't be set up")
	}
	terminal, err = os.OpenFile(fmt.Sprintf("/dev/pts/%d", number), os.O_RDWR|syscall.O_NOCTTY, 0)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { terminal.Close(); master.Close() })
	return master, terminal
}

// modes returns the modes of a terminal.
func modes(master *os.File) (modes syscall.Termios) {
	ioctl(master, getTermios, &modes)
	return modes
}

// openTerminal makes a terminal of the script's size, for the command to run in,
// and returns what waits until all that it prints is in the script's output.
func (s *script) openTerminal(c *exec.Cmd) (wait func()) {
	var columns, rows uint16
	fmt.Sscanf(s.size, "%dx%d", &columns, &rows)
	master, terminal := newPTY(s.t, columns, rows)
	before := modes(master)
	s.isCooked = func() error {
		if modes(master) != before {
			return errors.New("it isn't")
		}
		return nil
	}
	c.Stdin, c.Stdout, c.Stderr = terminal, terminal, terminal
	c.Env = append(c.Env, "TERM=xterm")
	c.SysProcAttr = &syscall.SysProcAttr{Setsid: true, Setctty: true}
	s.input = master
	go io.Copy(s.output, master)
	output := s.output
	return func() {
		// What the program has printed last is still on its way.
		if _, err := io.WriteString(terminal, endMark); err == nil {
			for !output.has(endMark) {
				time.Sleep(time.Millisecond)
			}
			return
		}
		// The end of a session can hang its terminal up.
		for unread := int32(1); unread > 0 && ioctl(master, syscall.TIOCINQ, &unread); {
			time.Sleep(50 * time.Millisecond)
		}
	}
}

// TestPanic checks that a panic gives the terminal back as it was.
func TestPanic(t *testing.T) {
	master, terminal := newPTY(t, 80, 24)
	t.Setenv("TERM", "xterm")
	before := modes(master)
	r, err := openRepo(".")
	if err != nil {
		t.Fatal(err)
	}
	out := newTerminal(terminal, terminal)
	a := &app{out: out, repo: r}
	wasRaw := false
	func() {
		defer func() { recover() }()
		out.size = func() (width, height int) {
			wasRaw = modes(master) != before
			panic("no size")
		}
		a.watch(t.Context(), []string{"1"})
	}()
	if !wasRaw {
		t.Error("the terminal was never raw: nothing was tested")
	}
	if modes(master) != before {
		t.Error("after a panic the terminal isn't as it was")
	}
}

// fits returns an error unless all that was printed since the screen was last
// cleared is on the screen, and something like the pattern is in it.
func (s *script) fits(pattern string) error {
	var columns, rows, used int
	fmt.Sscanf(s.size, "%dx%d", &columns, &rows)
	text := s.output.all()
	text = text[strings.LastIndex(text, "\x1b[2J")+len("\x1b[2J"):]
	for line := range strings.Lines(text) {
		used += 1 + max(0, len([]rune(strings.TrimRight(line, "\n")))-1)/columns
	}
	if strings.HasSuffix(text, "\n") {
		used++ // the line of the cursor
	}
	if used > rows {
		return fmt.Errorf("the screen has %d rows, and %d are used", rows, used)
	}
	return matches(pattern, text)
}
