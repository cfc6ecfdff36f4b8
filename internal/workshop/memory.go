package main

import (
	"crypto/sha256"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
)

// A memory is what the program knows from its last run: conveniences alone. It
// is in the user's cache folder, not in the clone. Each value is a file, so
// that two runs at the same time don't write over what the other one knows.
type memory struct {
	dir  string
	here map[string]string // what can't be written, for as long as the program runs
}

// openMemory returns the memory for the clone in root.
func openMemory(root string) *memory {
	m := &memory{here: make(map[string]string)}
	if dir, err := os.UserCacheDir(); err == nil {
		m.dir = filepath.Join(dir, "errgroup-workshop", fmt.Sprintf("%x", sha256.Sum256([]byte(root))))
	}
	return m
}

func (m *memory) path(key string) string {
	return filepath.Join(m.dir, strings.NewReplacer("/", "_", " ", "_").Replace(key))
}

// get returns the value with the key, or "".
func (m *memory) get(key string) string {
	if value, ok := m.here[key]; ok {
		return value
	}
	value, _ := os.ReadFile(m.path(key)) // what can't be read was forgotten
	return string(value)
}

func (m *memory) set(key, value string) {
	if m.get(key) == value {
		return
	}
	err := os.MkdirAll(m.dir, 0o777)
	if err == nil {
		err = replaceFile(m.path(key), []byte(value))
	}
	if err != nil {
		m.here[key] = value
	}
}

// The keys of the memory.
const failedLast = "failed" // the file of the part that failed last

var raceOf = "race " + runtime.Version() // whether the race detector works with this Go

func hintsSeen(file string) string   { return "hints " + file } // how many hints of the part have been shown
func lastVerdict(file string) string { return "tests " + file } // what the last run said that compiled
