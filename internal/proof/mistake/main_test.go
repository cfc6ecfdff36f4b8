package main

import (
	"os"
	"path/filepath"
	"testing"
)

// TestLayOver checks that laying mistakes over an answer loses none of it.
func TestLayOver(t *testing.T) {
	path := filepath.Join(t.TempDir(), "gather.go")
	for _, step := range []struct {
		code string // that is laid over what is there
		kept string // the name under which that is kept
	}{
		{code: "answer", kept: ""},
		{code: "answer", kept: ""},
		{code: "first mistake", kept: path + ".1"},
		{code: "second mistake", kept: path + ".2"},
	} {
		before, _ := os.ReadFile(path) // none at first
		kept, err := layOver(path, step.code)
		if err != nil || kept != step.kept {
			t.Errorf("laying %q over %q kept it in %q, error %v; want %q", step.code, before, kept, err, step.kept)
		}
		if kept == "" {
			continue
		}
		if got, err := os.ReadFile(kept); string(got) != string(before) {
			t.Errorf("the kept file holds %q, error %v; want %q", got, err, before)
		}
	}
	if got, err := os.ReadFile(path); string(got) != "second mistake" {
		t.Errorf("the file holds %q, error %v; want the second mistake", got, err)
	}
}
