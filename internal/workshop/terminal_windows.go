package main

import (
	"os"
	"syscall"
)

// understandsControl asks the console to carry control codes out, and reports
// whether it does. Consoles before Windows 10 don't. See SetConsoleMode in the
// documentation of Windows, ENABLE_VIRTUAL_TERMINAL_PROCESSING.
func understandsControl(f *os.File) bool {
	const enableVirtualTerminalProcessing = 4
	var mode uint32
	handle := syscall.Handle(f.Fd())
	if err := syscall.GetConsoleMode(handle, &mode); err != nil {
		return false
	}
	setConsoleMode := syscall.NewLazyDLL("kernel32.dll").NewProc("SetConsoleMode")
	ok, _, _ := setConsoleMode.Call(uintptr(handle), uintptr(mode|enableVirtualTerminalProcessing))
	return ok != 0
}
