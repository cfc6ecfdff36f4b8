//go:build !linux && !windows

package main

import "syscall"

const getTermios, setTermios = syscall.TIOCGETA, syscall.TIOCSETA
