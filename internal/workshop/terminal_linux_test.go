package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"reflect"
	"strings"
	"syscall"
	"time"
)

// openTerminal makes a terminal of the script's size, for the command to run in,
// and returns what waits until all that it prints is in the script's output.
func (s *script) openTerminal(c *exec.Cmd) (wait func(), err error) {
	master, err := os.OpenFile("/dev/ptmx", os.O_RDWR, 0)
	if err != nil {
		return nil, err
	}
	var unlocked int32
	var number uint32
	var size struct{ rows, columns, x, y uint16 }
	fmt.Sscanf(s.size, "%dx%d", &size.columns, &size.rows)
	if !ioctl(master, syscall.TIOCSPTLCK, &unlocked) || !ioctl(master, syscall.TIOCGPTN, &number) || !ioctl(master, syscall.TIOCSWINSZ, &size) {
		return nil, errors.New("no terminal can be made here")
	}
	// The terminal stays open until the end of the test, so that cooked can look.
	terminal, err := os.OpenFile(fmt.Sprintf("/dev/pts/%d", number), os.O_RDWR|syscall.O_NOCTTY, 0)
	if err != nil {
		return nil, err
	}
	s.t.Cleanup(func() { terminal.Close(); master.Close() })
	var before, now syscall.Termios
	ioctl(master, getTermios, &before)
	s.isCooked = func() error {
		ioctl(master, getTermios, &now)
		if !reflect.DeepEqual(now, before) {
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
	}, nil
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
