package main

import (
	"cmp"
	"crypto/sha256"
	"fmt"
	"os"
	"path/filepath"
)

// A memory is what the program knows from its last run: conveniences alone. It
// is a folder in the user's cache, not in the clone. Each value is a file, so
// that two runs at the same time don't write over what the other one knows.
type memory string

// openMemory returns the memory for the clone in root.
func openMemory(root string) memory {
	dir, _ := os.UserCacheDir() // "" where there is none
	return memory(filepath.Join(cmp.Or(dir, os.TempDir()), "errgroup-workshop", fmt.Sprintf("%x", sha256.Sum256([]byte(root)))))
}

// get returns the value with the key, or "". What can't be read was forgotten.
func (m memory) get(key string) string {
	value, _ := os.ReadFile(filepath.Join(string(m), key))
	return string(value)
}

// set keeps the value, if it can be written.
func (m memory) set(key, value string) {
	if m.get(key) != value {
		replaceFile(filepath.Join(string(m), key), []byte(value))
	}
}

// The keys of the memory.
const failedLast = "failed" // the file of the part that failed last

func hintsSeen(file string) string   { return "hints/" + file } // how many hints of the part have been shown
func lastVerdict(file string) string { return "tests/" + file } // what the last run said that compiled
