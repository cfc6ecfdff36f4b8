package gotest

import (
	"regexp"
	"strings"
)

// Rewrite returns the name of a test, as the code has it, as go test prints it.
func Rewrite(test string) string { return strings.ReplaceAll(test, " ", "_") }

// Pattern returns the value of -run for one test.
func Pattern(test string) string {
	elements := strings.Split(Rewrite(test), "/")
	for i, element := range elements {
		elements[i] = "^" + regexp.QuoteMeta(element) + "$"
	}
	return strings.Join(elements, "/")
}
