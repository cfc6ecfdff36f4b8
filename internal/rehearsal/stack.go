package rehearsal

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"strconv"
	"strings"
)

// A goroutine is one goroutine of a dump, as runtime.Stack writes it.
type goroutine struct {
	state     string // "chan send", without "(durable)"
	durable   bool   // the bubble counts it as waiting
	bubble    int    // number of its bubble, 0 outside
	frames    []frame
	createdBy frame // where its go statement stands
}

// A frame is a function call in a goroutine's stack.
type frame struct {
	symbol string // "example.com/errgroup-workshop/02-errgroup.FetchAll.func1"
	file   string
	line   int
}

var bubbleNumber = regexp.MustCompile(`synctest bubble (\d+)`)

// parseGoroutines parses a dump of many goroutines.
func parseGoroutines(dump string) []goroutine {
	var all []goroutine
	for block := range strings.SplitSeq(dump, "\n\n") {
		header, stack, ok := strings.Cut(strings.TrimSpace(block), "\n")
		if ok && strings.HasPrefix(header, "goroutine ") {
			all = append(all, parseGoroutine(header, stack))
		}
	}
	return all
}

// parseGoroutine parses one goroutine. The header is that of runtime.Stack,
// "goroutine 7 [chan send (durable), synctest bubble 2]:", or what stands
// between the brackets.
func parseGoroutine(header, stack string) goroutine {
	if _, after, ok := strings.Cut(header, "["); ok {
		header = strings.TrimSuffix(after, "]:")
	}
	state, _, _ := strings.Cut(header, ",")
	g := goroutine{durable: strings.HasSuffix(state, " (durable)")}
	g.state = strings.TrimSuffix(state, " (durable)")
	if m := bubbleNumber.FindStringSubmatch(header); m != nil {
		g.bubble, _ = strconv.Atoi(m[1])
	}

	lines := strings.Split(stack, "\n")
	for i := 0; i+1 < len(lines); i++ {
		if !strings.HasPrefix(lines[i+1], "\t") {
			continue
		}
		f := parseFrame(lines[i], lines[i+1])
		if strings.HasPrefix(lines[i], "created by ") {
			g.createdBy = f
		} else {
			g.frames = append(g.frames, f)
		}
		i++
	}
	return g
}

func parseFrame(call, position string) frame {
	call = strings.TrimPrefix(call, "created by ")
	call, _, _ = strings.Cut(call, " in goroutine ")
	if i := strings.LastIndex(call, "("); i > 0 && strings.HasSuffix(call, ")") {
		call = call[:i]
	}
	position = strings.TrimSpace(position)
	position, _, _ = strings.Cut(position, " +0x")
	i := strings.LastIndex(position, ":")
	if i < 0 {
		return frame{symbol: call, file: position}
	}
	line, _ := strconv.Atoi(position[i+1:])
	return frame{symbol: call, file: position[:i], line: line}
}

// function returns the name of the function that a reader sees in the source:
// FetchAll for the symbol ….FetchAll.func1, and CancellationFetcher.Fetch for
// a method.
func (f frame) function() string {
	name := f.symbol[strings.LastIndex(f.symbol, "/")+1:]
	_, name, _ = strings.Cut(name, ".") // the package
	name = strings.NewReplacer("(*", "", ")", "", "[...]", "").Replace(name)
	return closureSuffix.ReplaceAllString(name, "")
}

// closureSuffix is what the compiler adds to the name of a function for the
// closures in it: ".func1", ".func2.1", ".gowrap1", ".deferwrap2", "-range1".
var closureSuffix = regexp.MustCompile(`([.-](func|gowrap|deferwrap|range)\d+(\.\d+)*)+$`)

func (f frame) position() string {
	return fmt.Sprintf("%s:%d", filepath.Base(f.file), f.line)
}

// isLearners reports whether the frame is code of the exercise: a file of the
// folder that the test runs in, which is no test.
func (f frame) isLearners() bool {
	dir, err := os.Getwd()
	return err == nil && f.file != "" &&
		filepath.Base(filepath.Dir(f.file)) == filepath.Base(dir) &&
		!strings.HasSuffix(f.file, "_test.go")
}

// learnerFrame returns the innermost frame of the exercise's code.
func learnerFrame(g goroutine) (frame, bool) {
	for _, f := range g.frames {
		if f.isLearners() {
			return f, true
		}
	}
	return frame{}, false
}

// isLearners reports whether the goroutine runs code of the exercise, or was
// started by it.
func (g goroutine) isLearners() bool {
	_, ok := learnerFrame(g)
	return ok || g.createdBy.isLearners()
}

// calls reports whether one of the goroutine's frames is of a function whose
// symbol ends in suffix.
func (g goroutine) calls(suffix string) bool {
	for _, f := range g.frames {
		if strings.HasSuffix(f.symbol, suffix) {
			return true
		}
	}
	return false
}

// dump returns the stacks of all goroutines.
func dump() string {
	for size := 1 << 16; ; size *= 2 {
		buf := make([]byte, size)
		if n := runtime.Stack(buf, true); n < size {
			return string(buf[:n])
		}
	}
}
