package main

import (
	"crypto/sha256"
	"embed"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"example.com/errgroup-workshop/internal/guide"
)

// The folder shipped holds what reset and check need to know about the repo as
// it was shipped, whatever a learner has changed or committed since: a copy of
// each skeleton, and the sums of the tests and of the test kit.
//
//	go test ./internal/workshop -run Shipped -shipped -update
//
//go:embed shipped
var shipped embed.FS

// skeleton returns the skeleton of a part.
func skeleton(p guide.Part) ([]byte, error) { return shipped.ReadFile(copyOf(p.File)) }

// extrasFile is the file by which a learner begins the extras. It is no part.
const extrasFile = "04-scatter-gather/extras.go"

// copyOf returns the name of the copy of a file. It doesn't end in .go, so that
// no tool takes it for a part of this package.
func copyOf(file string) string { return "shipped/" + file + ".txt" }

// guarded are the files that check finds changes of: what decides whether an
// answer passes.
var guarded = regexp.MustCompile(`^(\d\d-[\w-]+/\w+_test\.go|internal/rehearsal/.*\.go|internal/nameservice/\w+\.go)$`)

// sums returns a line for each guarded file in root: its sum and its name.
func sums(root string) ([]string, error) {
	var lines []string
	err := filepath.WalkDir(root, func(path string, entry os.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name, err := filepath.Rel(root, path)
		if err != nil {
			return err
		}
		name = filepath.ToSlash(name)
		switch {
		case entry.IsDir() && (strings.HasPrefix(entry.Name(), ".") && name != "." || entry.Name() == "testdata" || name == "solutions"):
			return filepath.SkipDir
		case entry.IsDir() || !guarded.MatchString(name):
			return nil
		}
		content, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		lines = append(lines, fmt.Sprintf("%x  %s", sha256.Sum256([]byte(withoutCR(string(content)))), name))
		return nil
	})
	return lines, err
}

// changed returns the names of the guarded files that are not as they were
// shipped, and what has become of each. Tests that a learner has added are not
// among them.
func (r *repo) changed() ([]string, error) {
	content, err := shipped.ReadFile("shipped/sums.txt")
	if err != nil {
		return nil, err
	}
	now, err := sums(r.root)
	if err != nil {
		return nil, err
	}
	var names []string
	// The guide says which parts there are: one without tests would not be missed.
	err = fs.WalkDir(shipped, "shipped", func(path string, entry fs.DirEntry, err error) error {
		file, isCopy := strings.CutSuffix(strings.TrimPrefix(path, "shipped/"), ".go.txt")
		file += ".go"
		if isCopy && file != extrasFile && !slices.ContainsFunc(r.Parts(), func(p guide.Part) bool { return p.File == file }) {
			names = append(names, "WORKSHOP.md was changed, and tells nothing of "+file)
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	for line := range strings.Lines(string(content)) {
		line = strings.TrimSpace(line)
		_, name, _ := strings.Cut(line, "  ")
		there := slices.ContainsFunc(now, func(l string) bool { return strings.HasSuffix(l, "  "+name) })
		switch {
		case !there:
			names = append(names, name+" is gone")
		case !slices.Contains(now, line):
			names = append(names, name+" was changed")
		}
	}
	return names, nil
}
