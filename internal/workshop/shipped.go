package main

import (
	"crypto/sha256"
	"embed"
	"fmt"
	"os"
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

// skeleton returns the skeleton of a file.
func skeleton(file string) ([]byte, error) { return shipped.ReadFile(copyOf(file)) }

// begun reports whether the learner has changed the part's file.
func (r *repo) begun(p guide.Part) bool {
	mine, err := os.ReadFile(r.path(p.File))
	shipped, _ := skeleton(p.File) // none is empty
	return err == nil && withoutCR(mine) != withoutCR(shipped)
}

// copyOf returns the name of the copy of a file. It doesn't end in .go, so that
// no tool takes it for a part of this package.
func copyOf(file string) string { return "shipped/" + file + ".txt" }

// sum returns the sum of a file, whatever line ends git has given it.
func sum(content []byte) string {
	return fmt.Sprintf("%x", sha256.Sum256([]byte(withoutCR(content))))
}

// changed returns which of the files that decide whether an answer passes are
// not as they were shipped. Tests that a learner has added are not among them.
func (r *repo) changed() (names []string) {
	sums, _ := shipped.ReadFile("shipped/sums.txt") // it is there
	for line := range strings.Lines(string(sums)) {
		shippedSum, name, _ := strings.Cut(strings.TrimSpace(line), "  ")
		if now, err := os.ReadFile(r.path(name)); err != nil || sum(now) != shippedSum {
			names = append(names, name)
		}
	}
	return names
}
