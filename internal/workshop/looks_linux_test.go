package main

import (
	"os"
	"syscall"
	"testing"
	"unsafe"
)

// looksAt returns a channel that gets a value when the folder is read, until t ends.
func looksAt(t *testing.T, folder string) <-chan struct{} {
	t.Helper()
	fd, err := syscall.InotifyInit1(syscall.IN_CLOEXEC | syscall.IN_NONBLOCK)
	if err != nil {
		return nil
	}
	f := os.NewFile(uintptr(fd), "inotify")
	t.Cleanup(func() { f.Close() })
	if _, err := syscall.InotifyAddWatch(fd, folder, syscall.IN_OPEN|syscall.IN_ONLYDIR); err != nil {
		return nil
	}
	looks := make(chan struct{}, 1)
	go func() {
		events := make([]byte, 4096)
		for {
			n, err := f.Read(events)
			if err != nil {
				return
			}
			for at := 0; at < n; {
				e := (*syscall.InotifyEvent)(unsafe.Pointer(&events[at]))
				at += syscall.SizeofInotifyEvent + int(e.Len)
				if e.Len > 0 {
					continue // a file in the folder
				}
				select {
				case looks <- struct{}{}:
				default: // nobody waits
				}
			}
		}
	}()
	return looks
}

// TestExpect checks that a script doesn't wait for what can't come any more.
func TestExpect(t *testing.T) {
	if testing.Short() {
		t.Skip("left out with -short: it runs go test")
	}
	t.Parallel()
	s := newScript(t)
	s.run("start workshop watch 1\nexpect 'q quit'\n! expect nothing\n! wait\nsolve 01/gather\nexpect '^Gather passes'\ntype q\n! expect nothing\nwait")
}
