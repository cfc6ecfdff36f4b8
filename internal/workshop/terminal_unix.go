//go:build !windows

package main

import (
	"os"
	"syscall"
	"unsafe"
)

// understandsControl reports whether a terminal follows control codes: here
// all do.
func understandsControl(*os.File) bool { return true }

// ioctl asks the terminal f for a value, or gives it one: see ioctl(2).
func ioctl[T any](f *os.File, request uintptr, value *T) bool {
	_, _, errno := syscall.Syscall(syscall.SYS_IOCTL, f.Fd(), request, uintptr(unsafe.Pointer(value)))
	return errno == 0
}

// windowSize returns the size of the terminal f in characters, or zeros.
func windowSize(f *os.File) (width, height int) {
	var size struct{ rows, columns, x, y uint16 }
	ioctl(f, syscall.TIOCGWINSZ, &size)
	return int(size.columns), int(size.rows)
}

// makeRaw makes the terminal f give out each key at once, and show none. It
// returns what undoes that, or nil if f is no terminal. See termios(3).
func makeRaw(f *os.File) (restore func()) {
	var before syscall.Termios
	if !ioctl(f, getTermios, &before) {
		return nil
	}
	raw := before
	raw.Lflag &^= syscall.ICANON | syscall.ECHO | syscall.ISIG | syscall.IEXTEN
	raw.Cc[syscall.VMIN], raw.Cc[syscall.VTIME] = 1, 0
	if !ioctl(f, setTermios, &raw) {
		return nil
	}
	return func() { ioctl(f, setTermios, &before) }
}
