package guide

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"

	"example.com/errgroup-workshop/internal/gotest"
	"example.com/errgroup-workshop/internal/module"
)

var duration = regexp.MustCompile(`\(\d+\.\d+s\)`)

// TestTranscripts runs the commands of the documents' transcripts, and compares
// their output with the document. A transcript is a block with the language
// console. A line that begins with "$ " is a command, the lines below it are its
// output, and "..." is any number of lines.
//
// After the language, "varies" says that the numbers are different each time, and
// go1.27 that the transcript needs that release.
func TestTranscripts(t *testing.T) {
	onlyShipped(t)
	c := newClone(t)
	ran := 0
	for _, name := range shown {
		eachBlock(t, name, func(b block) (string, bool) {
			language, options, _ := strings.Cut(b.language, " ")
			if language != "console" || !newEnough(options) {
				return "", false
			}
			for line := range strings.Lines(b.text) {
				command, ok := strings.CutPrefix(line, "$ ")
				if why := leftOut(strings.TrimSpace(command)); ok && why != "" {
					t.Logf("left out: %s: %s", strings.TrimSpace(command), why)
					return "", false
				}
			}
			ran++
			text := c.transcript(t, b.text)
			if sameText(b.text, text, strings.Contains(options, "varies")) {
				text = b.text
			}
			return text, true
		})
	}
	if ran == 0 {
		t.Error("the documents hold no transcript")
	}
}

// TestCommands runs the other commands of the documents, whose output isn't
// shown: the go command must know everything that they name.
func TestCommands(t *testing.T) {
	onlyShipped(t)
	elsewhere := []string{
		"go test ./solutions/... ./internal/...",                                               // in .ci/run
		"go test ./solutions/... ; go test -race -short ./solutions/...",                       // in .ci/run
		"go tool workshop doctor",                                                              // in internal/workshop
		"GOEXPERIMENT=goroutineleakprofile go run ./internal/demo/leak -profile goroutineleak", // builds the standard library
		"go tool workshop watch",                                                               // runs until somebody stops it
	}
	bad := regexp.MustCompile(`not defined|matched no packages|no test files|no tests to run|unknown command|is not in std|no such|malformed|usage:`)
	command := regexp.MustCompile(`^(diff|go (test|run|tool|doc|vet|env|version)) `)
	c := newClone(t)
	ran := 0
	for _, name := range shown {
		for _, b := range blocks(read(t, filepath.Join(c.root, filepath.FromSlash(name)))) {
			for line := range strings.Lines(b.text) {
				line = strings.TrimSpace(line)
				if b.language != "" || !command.MatchString(line+" ") || slices.Contains(elsewhere, line) {
					continue
				}
				ran++
				if why := leftOut(line); why != "" {
					t.Logf("left out: %s: %s", line, why)
					continue
				}
				line = strings.Replace(line, " -bench ", " -benchtime=1x -bench ", 1)
				if output := c.command(t, line); bad.MatchString(output) {
					t.Errorf("%s shows the command %s, which prints\n%s", name, line, output)
				}
			}
		}
	}
	if ran == 0 {
		t.Error("the documents show no command")
	}
}

// leftOut says why a command can't run here, or "".
func leftOut(command string) string {
	name, _, _ := strings.Cut(command, " ")
	if _, err := exec.LookPath(name); err != nil && name != "cp" {
		return err.Error()
	}
	if strings.Contains(command, " -race") {
		if ok, why := gotest.RaceWorks(); !ok {
			return why
		}
	}
	return ""
}

// newEnough reports whether the options of a transcript ask for no newer Go
// than this one.
func newEnough(options string) bool {
	m := regexp.MustCompile(`go1\.(\d+)`).FindStringSubmatch(options)
	mine := regexp.MustCompile(`go1\.(\d+)`).FindStringSubmatch(runtime.Version())
	if m == nil || mine == nil { // mine is a development version
		return true
	}
	want, _ := strconv.Atoi(m[1])
	got, _ := strconv.Atoi(mine[1])
	return got >= want
}

// sameText reports whether a program printed got where the document says want.
func sameText(want, got string, numbersVary bool) bool {
	if numbersVary {
		want, got = maskNumbers(want), maskNumbers(got)
	}
	pattern := regexp.QuoteMeta(want)
	pattern = regexp.MustCompile(`(?m)^ *\\\.\\\.\\\.\n`).ReplaceAllString(pattern, `(?:.*\n)*`)
	return regexp.MustCompile(`\A` + pattern + `\z`).MatchString(got)
}

func maskNumbers(text string) string {
	return regexp.MustCompile(` *[\d.]*\d`).ReplaceAllString(text, " 1")
}

// A clone is a copy of the module in which commands run.
type clone struct {
	root  string
	env   []string
	masks []mask
}

// A mask is a part of what is printed that is another one each time.
type mask struct {
	find *regexp.Regexp
	put  string
}

func newClone(t *testing.T) *clone {
	t.Helper()
	c := &clone{root: module.Copy(t)}
	cache, err := exec.Command("go", "env", "GOCACHE").Output()
	if err != nil {
		t.Fatal(err)
	}
	// The companion's memory is somebody's, the build cache isn't.
	c.env = append(os.Environ(), "PWD="+c.root, "XDG_CACHE_HOME="+t.TempDir(), "GOCACHE="+strings.TrimSpace(string(cache)))
	c.masks = []mask{
		{regexp.MustCompile(regexp.QuoteMeta(c.root) + "|" + regexp.QuoteMeta(filepath.ToSlash(c.root))), "/home/ada/errgroup-workshop"},
		{duration, "(0.00s)"},
		{regexp.MustCompile(`(?m)^((?:ok  |FAIL)\t\S+\t)\d+\.\d+s`), "${1}0.1s"},
		{regexp.MustCompile(`\d{4}/\d\d/\d\d \d\d:\d\d:\d\d`), "2026/11/24 12:51:20"},
		// A profile: the addresses of a stack, and the tabs that align it.
		{regexp.MustCompile(`0x[0-9a-f]+( 0x[0-9a-f]+)*`), "0x47ffce"},
		{regexp.MustCompile(`\t+(\S+\.go:\d+)`), "\t${1}"},
	}
	return c
}

// transcript runs the commands of a transcript, and returns it with what they
// print. Then it puts the exercises back.
func (c *clone) transcript(t *testing.T, text string) string {
	t.Helper()
	var b strings.Builder
	for line := range strings.Lines(text) {
		if command, ok := strings.CutPrefix(line, "$ "); ok {
			b.WriteString(line + c.command(t, strings.TrimSpace(command)))
		}
	}
	for _, exercise := range module.Exercises(t) {
		module.CopyFolder(t, filepath.Join(c.root, exercise), filepath.Join(module.Root(t), exercise))
	}
	return b.String()
}

// command runs a command, and returns what it prints, or with "| grep TEXT"
// the lines that contain the text.
func (c *clone) command(t *testing.T, line string) string {
	t.Helper()
	line, wanted, filtered := strings.Cut(line, " | grep ")
	wanted = strings.Trim(wanted, "'")
	var words []string
	for _, m := range regexp.MustCompile(`'([^']*)'|(\S+)`).FindAllStringSubmatch(line, -1) {
		words = append(words, m[1]+m[2])
	}
	if words[0] == "cp" && len(words) == 3 { // which Windows hasn't
		write(t, filepath.Join(c.root, words[2]), read(t, filepath.Join(c.root, words[1])))
		return ""
	}
	command := exec.Command(words[0], words[1:]...)
	command.Dir, command.Env = c.root, c.env
	output, err := command.CombinedOutput()
	if _, exit := err.(*exec.ExitError); err != nil && !exit {
		t.Fatalf("%s: %v", line, err)
	}
	text := strings.ReplaceAll(string(output), "\r\n", "\n")
	for _, m := range c.masks {
		text = m.find.ReplaceAllString(text, m.put)
	}
	if !filtered {
		return text
	}
	var lines []string
	for line := range strings.Lines(text) {
		if strings.Contains(line, wanted) {
			lines = append(lines, line)
		}
	}
	return strings.Join(lines, "")
}

// TestSameText checks that a transcript that isn't true doesn't pass.
func TestSameText(t *testing.T) {
	for _, tt := range []struct {
		want, got string
		vary      bool
		same      bool
	}{
		{want: "$ go\none\ntwo\n", got: "$ go\none\ntwo\n", same: true},
		{want: "$ go\none\ntwo\n", got: "$ go\none\n"},
		{want: "$ go\n...\ntwo\n", got: "$ go\nzero\none\ntwo\n", same: true},
		{want: "$ go\n...\ntwo\n", got: "$ go\ntwo\n", same: true},
		{want: "$ go\n...\ntwo\n", got: "$ go\nzero\none\n"},
		{want: "a.b\n", got: "axb\n"},
		{want: "lost  12 of 100\n", got: "lost 130 of 100\n", vary: true, same: true},
		{want: "lost  12 of 100\n", got: "lost 130 of 100\n"},
		{want: "lost  12 of 100\n", got: "won   12 of 100\n", vary: true},
	} {
		if got := sameText(tt.want, tt.got, tt.vary); got != tt.same {
			t.Errorf("sameText(%q, %q, %t) = %t; want %t", tt.want, tt.got, tt.vary, got, tt.same)
		}
	}
	if !newEnough("") || newEnough(fmt.Sprintf("go1.%d", 1000)) && !strings.Contains(runtime.Version(), "devel") {
		t.Error("newEnough takes every release")
	}
}
