package main

import (
	"fmt"
	"regexp"
	"strings"

	"example.com/errgroup-workshop/internal/gotest"
	"example.com/errgroup-workshop/internal/guide"
)

// longest is how many lines of a failure are shown.
const longest = 40

var crash = regexp.MustCompile(`(?m)^(panic: .*|fatal error: .*|WARNING: DATA RACE)$`)

// explain returns what a learner should read of a failure: its text, or of the
// dump of a crash the message, the learner's own lines, and what it means.
func explain(output string, e guide.Exercise, meanings []guide.Meaning) (text string, cut bool) {
	output = strings.TrimRight(gotest.Framing.ReplaceAllString(output, ""), "\n")
	at := crash.FindStringIndex(output)
	if at == nil {
		text, cut = shorten(output)
		if means := meaning(output, meanings); means != "" {
			text += "\n" + means
		}
		return text, cut
	}
	message := output[at[0]:at[1]]
	lines := []string{message}
	for _, line := range ownLines(output[at[0]:], e.Name) {
		lines = append(lines, "  at "+line)
	}
	if means := meaning(message, meanings); means != "" {
		lines = append(lines, means)
	}
	return strings.Join(lines, "\n"), true
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
func ownLines(dump, exercise string) []string {
	halves := []string{dump}
	if first, second, ok := strings.Cut(dump, "\nPrevious "); ok && strings.HasPrefix(dump, "WARNING: DATA RACE") {
		halves = []string{first, second}
	}
	place := regexp.MustCompile(`[/\\](` + regexp.QuoteMeta(exercise) + `)[/\\](\w+\.go:\d+)`)
	var places []string
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

// meaning returns what the guide says about the first of its messages that
// stands in text.
func meaning(text string, meanings []guide.Meaning) string {
	for _, m := range meanings {
		// A number in the guide's message is an example.
		begin := strings.TrimRight(strings.FieldsFunc(m.Read, func(r rune) bool { return r >= '0' && r <= '9' })[0], " ")
		if strings.Contains(text, begin) {
			return "That means: " + m.Means
		}
	}
	return ""
}

var position = regexp.MustCompile(`(?m)^(?:vet: )?(?:\.[/\\])?(\S+?\.go:\d+(?::\d+)?: .*)$`)

// compileError returns the first error that stands in the output of a build.
func compileError(output string, v verdict) string {
	if m := position.FindStringSubmatch(output); m != nil {
		return m[1]
	}
	first, _, _ := strings.Cut(compileErrors(output), "\n")
	return strings.TrimSpace(first)
}

// compileErrors returns all of them, as the compiler wrote them.
func compileErrors(output string) string {
	var lines []string
	for line := range strings.Lines(output) {
		if line = strings.TrimRight(line, "\r\n"); !strings.HasPrefix(line, "FAIL\t") && !strings.HasPrefix(line, "# ") {
			lines = append(lines, line)
		}
	}
	text, _ := shorten(strings.Join(lines, "\n"))
	return text
}
