package main

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"example.com/errgroup-workshop/internal/gotest"
	"example.com/errgroup-workshop/internal/guide"
)

// longest is how many lines of a failure are shown.
const longest = 40

var (
	crash = regexp.MustCompile(`(?m)^(panic: .*|fatal error: .*|WARNING: DATA RACE)$`)

	indent = regexp.MustCompile(`(?m)^    `) // of all that a test prints

	// panicked is a panic that the test kit has recovered from. What else the
	// test says, such as a leak, is what the panic left behind.
	panicked = regexp.MustCompile(`(?m)^\s*panic in .*$`)
)

// explain returns what a learner should read of a failure: its text, or of the
// dump of a crash the message, the learner's own lines, and what it means.
func explain(output string, e guide.Exercise, meanings []guide.Meaning) string {
	output = indent.ReplaceAllString(gotest.Framing.ReplaceAllString(output, ""), "")
	output = strings.TrimRight(output, "\n")
	if at := crash.FindStringIndex(output); at != nil {
		message := output[at[0]:at[1]]
		return message + ownLines(output[at[0]:], e.Name) + meaning(message, meanings)
	}
	return shorten(output) + meaning(cmp.Or(panicked.FindString(output), output), meanings)
}

// shorten returns the first lines of text.
func shorten(text string) string {
	lines := strings.Split(text, "\n")
	if more := len(lines) - longest; more > 0 {
		lines = append(lines[:longest], fmt.Sprintf("... and %d more lines", more))
	}
	return strings.Join(lines, "\n")
}

// ownLines returns a line about the first place of a dump that is in the learner's
// files. Of a data race, which needs two, it returns the first of each goroutine.
func ownLines(dump, exercise string) (lines string) {
	halves := []string{dump}
	if strings.HasPrefix(dump, "WARNING: DATA RACE") {
		halves = strings.SplitN(dump, "\nPrevious ", 2)
	}
	place := regexp.MustCompile(`[/\\](` + regexp.QuoteMeta(exercise) + `)[/\\](\w+\.go:\d+)`)
	for _, half := range halves {
		for _, m := range place.FindAllStringSubmatch(half, -1) {
			if !strings.Contains(m[2], "_test.go:") {
				lines += "\n  at " + m[1] + "/" + m[2]
				break
			}
		}
	}
	return lines
}

// meaning returns a line with what the guide says about the first of its messages
// in text, or nothing.
func meaning(text string, meanings []guide.Meaning) (line string) {
	first := len(text)
	for _, m := range meanings {
		// A number in the guide's message is an example; the kit puts the place of a
		// panic before its message.
		begin := strings.TrimRight(strings.FieldsFunc(m.Read, unicode.IsDigit)[0], " ")
		if at := strings.Index(text, strings.TrimPrefix(begin, "panic: ")); at >= 0 && at < first {
			first, line = at, "\nThat means: "+m.Means
		}
	}
	return line
}

// noModule is how the go command says that it can't download a module.
var noModule = regexp.MustCompile(`@v\d\S*: Get |module lookup disabled|dial tcp`)

// goErrors returns the errors in the output of a run that has no test to tell
// them, each once, as the go command wrote them.
func goErrors(output string) string {
	if noModule.MatchString(output) {
		return "the modules of the workshop are not on this machine yet: connect to the network, and run go tool workshop doctor"
	}
	var lines []string
	for line := range strings.Lines(gotest.Framing.ReplaceAllString(output, "")) {
		line = strings.TrimPrefix(strings.TrimRight(line, "\r\n"), "vet: ")
		if !strings.HasPrefix(line, "FAIL") && !strings.HasPrefix(line, "# ") && !slices.Contains(lines, line) {
			lines = append(lines, line)
		}
	}
	return shorten(strings.Join(lines, "\n"))
}
