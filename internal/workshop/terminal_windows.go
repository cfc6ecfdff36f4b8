package main

import (
	"os"
	"syscall"
	"unsafe"
)

// The functions and constants below are those of Windows' console API.
var (
	kernel32                   = syscall.NewLazyDLL("kernel32.dll")
	setConsoleMode             = kernel32.NewProc("SetConsoleMode")
	getConsoleScreenBufferInfo = kernel32.NewProc("GetConsoleScreenBufferInfo")
)

const (
	enableProcessedInput            = 1 // Ctrl-C is a signal
	enableLineInput                 = 2
	enableEchoInput                 = 4
	enableVirtualTerminalProcessing = 4 // of an output
)

// changeMode changes the mode of a console, and returns what undoes that, or nil
// if f is no console, or doesn't have the mode.
func changeMode(f *os.File, change func(mode uint32) uint32) (restore func()) {
	var before uint32
	handle := syscall.Handle(f.Fd())
	if err := syscall.GetConsoleMode(handle, &before); err != nil {
		return nil
	}
	set := func(mode uint32) bool {
		ok, _, _ := setConsoleMode.Call(uintptr(handle), uintptr(mode))
		return ok != 0
	}
	if !set(change(before)) {
		return nil
	}
	return func() { set(before) }
}

// understandsControl asks the console to follow control codes, and reports
// whether it does. Consoles before Windows 10 don't.
func understandsControl(f *os.File) bool {
	return changeMode(f, func(mode uint32) uint32 { return mode | enableVirtualTerminalProcessing }) != nil
}

// windowSize returns the size of the console f in characters, or zeros.
func windowSize(f *os.File) (width, height int) {
	var info struct {
		bufferWidth, bufferHeight, cursorX, cursorY int16
		attributes                                  uint16
		left, top, right, bottom                    int16
		maxWidth, maxHeight                         int16
	}
	if ok, _, _ := getConsoleScreenBufferInfo.Call(f.Fd(), uintptr(unsafe.Pointer(&info))); ok == 0 {
		return 0, 0
	}
	return int(info.right-info.left) + 1, int(info.bottom-info.top) + 1
}

// makeRaw makes the console f give out each key at once, and show none. It
// returns what undoes that, or nil if f is no console.
func makeRaw(f *os.File) (restore func()) {
	return changeMode(f, func(mode uint32) uint32 {
		return mode &^ (enableProcessedInput | enableLineInput | enableEchoInput)
	})
}
