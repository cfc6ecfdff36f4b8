//go:build !linux && !darwin && !windows

package main

import "os"

func understandsControl(*os.File) bool        { return true }
func windowSize(*os.File) (width, height int) { return 0, 0 }
func makeRaw(*os.File) (restore func())       { return nil } // keys need Enter
