package main

import (
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
)

// A memory is what the program knows from its last run: conveniences alone. It
// stands in the user's cache folder, not in the clone.
type memory struct {
	path string

	Failed string         // the file of the part that failed last
	Hints  map[string]int // how many hints of a part have been shown, by its file
}

// openMemory returns the memory for the clone in root. One that can't be read
// is empty.
func openMemory(root string) *memory {
	m := new(memory)
	if dir, err := os.UserCacheDir(); err == nil {
		name := fmt.Sprintf("%x.json", sha256.Sum256([]byte(root)))
		m.path = filepath.Join(dir, "errgroup-workshop", name)
		if content, err := os.ReadFile(m.path); err == nil && json.Unmarshal(content, m) != nil {
			m.Failed, m.Hints = "", nil
		}
	}
	if m.Hints == nil {
		m.Hints = make(map[string]int)
	}
	return m
}

// save writes the memory. Where it can't be written, the program forgets.
func (m *memory) save() {
	content, err := json.Marshal(m)
	if err != nil || m.path == "" {
		return
	}
	if os.MkdirAll(filepath.Dir(m.path), 0o777) == nil {
		os.WriteFile(m.path, content, 0o666)
	}
}

// learn keeps what verdicts say: which part fails first, and that a part which
// is solved needs no hints any more.
func (m *memory) learn(verdicts []verdict) {
	for _, v := range verdicts {
		if v.state == solved {
			delete(m.Hints, v.File)
			if m.Failed == v.File {
				m.Failed = ""
			}
		}
	}
	if v, ok := firstOpen(verdicts); ok {
		m.Failed = v.File
	}
	m.save()
}
