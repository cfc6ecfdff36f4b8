//go:build !linux

package main

import (
	"os/exec"
	"testing"
)

func (s *script) openTerminal(*exec.Cmd) (wait func()) {
	s.t.Skip("no terminal can be made here")
	return nil
}

func (s *script) fits(string) error { return nil } // no script comes as far

func looksAt(*testing.T, string) <-chan struct{} { return nil } // nobody can tell
