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
func explain(output string, e guide.Exercise, meanings []guide.Meaning) (text string, cut bool) {
	output = indent.ReplaceAllString(gotest.Framing.ReplaceAllString(output, ""), "")
	output = strings.TrimRight(output, "\n")
	if at := crash.FindStringIndex(output); at != nil {
		lines := []string{output[at[0]:at[1]]}
		for _, line := range ownLines(output[at[0]:], e.Name) {
			lines = append(lines, "  at "+line)
		}
		return strings.Join(append(lines, meaning(lines[0], meanings)...), "\n"), true
	}
	about := cmp.Or(panicked.FindString(output), output)
	text, cut = shorten(output)
	return strings.Join(append([]string{text}, meaning(about, meanings)...), "\n"), cut
}

// shorten returns the first lines of text.
func shorten(text string) (short string, cut bool) {
	lines := strings.Split(text, "\n")
	for i, line := range lines {
		if len(line) > 1000 {
			lines[i], cut = line[:1000]+" ...", true
		}
	}
	if len(lines) > longest {
		more := len(lines) - longest
		lines, cut = append(lines[:longest:longest], fmt.Sprintf("... and %d more lines", more)), true
	}
	return strings.Join(lines, "\n"), cut
}

// ownLines returns the first place of a dump that is in the learner's files. Of
// a data race, which needs two, it returns the first place of each goroutine.
func ownLines(dump, exercise string) (places []string) {
	halves := []string{dump}
	if strings.HasPrefix(dump, "WARNING: DATA RACE") {
		halves = strings.SplitN(dump, "\nPrevious ", 2)
	}
	place := regexp.MustCompile(`[/\\](` + regexp.QuoteMeta(exercise) + `)[/\\](\w+\.go:\d+)`)
	for _, half := range halves {
		for _, m := range place.FindAllStringSubmatch(half, -1) {
			if !strings.Contains(m[2], "_test.go:") {
				places = append(places, m[1]+"/"+m[2])
				break
			}
		}
	}
	return places
}

// meaning returns what the guide says about the first of its messages in text,
// or nothing.
func meaning(text string, meanings []guide.Meaning) (lines []string) {
	first := len(text)
	for _, m := range meanings {
		// A number in the guide's message is an example; the kit puts the place of a
		// panic before its message.
		begin := strings.TrimRight(strings.FieldsFunc(m.Read, unicode.IsDigit)[0], " ")
		if at := strings.Index(text, strings.TrimPrefix(begin, "panic: ")); at >= 0 && at < first {
			first, lines = at, []string{"That means: " + m.Means}
		}
	}
	return lines
}

// noModule is how the go command says that it can't download a module.
var noModule = regexp.MustCompile(`@v\d\S*: Get |module lookup disabled|dial tcp`)

const modulesAdvice = "the modules of the workshop are not on this machine yet: " +
	"connect to the network, and run go tool workshop doctor"

// goErrors returns the errors in the output of a run that has no test to tell
// them, each once, as the go command wrote them.
func goErrors(output string) string {
	if noModule.MatchString(output) {
		return modulesAdvice
	}
	var lines []string
	for line := range strings.Lines(gotest.Framing.ReplaceAllString(output, "")) {
		line = strings.TrimPrefix(strings.TrimRight(line, "\r\n"), "vet: ")
		if !strings.HasPrefix(line, "FAIL") && !strings.HasPrefix(line, "# ") && !slices.Contains(lines, line) {
			lines = append(lines, line)
		}
	}
	text, _ := shorten(strings.Join(lines, "\n"))
	return text
}
