package gotest

import "regexp"

// verboseLine is a line by which a test says that it begins, or how it ended.
var verboseLine = regexp.MustCompile(`(?m)^ *(?:=== RUN +|--- (PASS|FAIL|SKIP): )(\S+)`)

// Parse returns the result of a test binary that was run with -test.v and
// printed output. It doesn't tell which test printed what, nor how long it took.
func Parse(output string) *Result {
	r := &Result{Built: true, Output: output}
	for _, m := range verboseLine.FindAllStringSubmatch(output, -1) {
		switch how, test := m[1], m[2]; how {
		case "":
			r.Ran = append(r.Ran, test)
		case "PASS":
			r.Good = append(r.Good, test)
		case "FAIL":
			r.Bad = append(r.Bad, test)
		case "SKIP":
			r.Skipped = append(r.Skipped, test)
		}
	}
	r.Passed = len(r.Ran) > 0 && len(r.Ran) == len(r.Good)+len(r.Skipped)
	return r
}
