package proof

import (
	"flag"
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

	"example.com/errgroup-workshop/internal/proof/gallery"
)

var update = flag.Bool("update", false, "write what the commands and tests print to the documents")

// TestTranscripts runs the commands of the documents' transcripts, and compares
// what they print with what stands there. A transcript is a block with the
// language console. A line that begins with "$ " is a command, what stands below
// it is what it prints, and "..." is any number of lines.
//
// Behind the language may stand "varies", if the numbers are others each time,
// and the Go release that it needs, as go1.27.
func TestTranscripts(t *testing.T) {
	onlyShipped(t)
	c := newClone(t)
	shown := make(map[string]bool) // commands
	for _, name := range documents[:2] {
		eachBlock(t, name, func(b block) (string, bool) {
			language, options, _ := strings.Cut(b.language, " ")
			if language != "console" || !newEnough(options) {
				return "", false
			}
			for line := range strings.Lines(b.text) {
				shown[line] = true
			}
			text := c.transcript(t, b.text)
			if sameText(b.text, text, strings.Contains(options, "varies")) {
				text = b.text
			}
			return text, true
		})
	}
	for _, e := range exercises(t) {
		if command := "$ go test -failfast ./" + e.name + "\n"; !shown[command] {
			t.Errorf("the documents don't show the first failure of %s, by the command %q", e.name, command)
		}
	}
}

// TestCommands runs the other commands of the documents, whose output isn't
// shown there: the go command must know what they ask for.
func TestCommands(t *testing.T) {
	onlyShipped(t)
	elsewhere := []string{ // why: each takes a minute
		"go test ./solutions/... ./internal/...",                                               // in .ci/run
		"go test ./solutions/... ; go test -race -short ./solutions/...",                       // in .ci/run
		"go tool workshop doctor",                                                              // in internal/workshop
		"GOEXPERIMENT=goroutineleakprofile go run ./internal/demo/leak -profile goroutineleak", // builds the standard library
	}
	bad := regexp.MustCompile(`not defined|matched no packages|no test files|no tests to run|unknown command|is not in std|no such|malformed|usage:`)
	command := regexp.MustCompile(`^(diff|go (test|run|tool|doc|vet|env|version)) `)
	c := newClone(t)
	ran := 0
	for _, name := range documents[:2] {
		for _, b := range blocks(read(t, filepath.Join(c.root, name))) {
			for line := range strings.Lines(b.text) {
				line = strings.TrimSpace(line)
				if b.language != "" || !command.MatchString(line+" ") || slices.Contains(elsewhere, line) {
					continue
				}
				ran++
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

// TestPictures compares the pictures of the documents with what the tests draw.
// A picture is the block behind a comment that says where it comes from: the
// exercise, the test, and the mistake that the test runs over, or else the
// solution.
//
//	<!-- picture: 01-waitgroup | TestGather/asks all sources at the same time | gather_wait_in_loop -->
func TestPictures(t *testing.T) {
	onlyShipped(t)
	comment := regexp.MustCompile(`<!-- picture: (\S+) \| ([^|]+?)(?: \| (\w+))? -->$`)
	drawn := 0
	for _, name := range documents[:2] {
		eachBlock(t, name, func(b block) (string, bool) {
			m := comment.FindStringSubmatch(b.before)
			if m == nil {
				return "", false
			}
			drawn++
			return picture(t, m[1], m[2], m[3]), true
		})
	}
	if drawn == 0 {
		t.Error("the documents hold no picture")
	}
}

// picture returns what a test prints: its message, if it fails, and its
// timeline.
func picture(t *testing.T, folder, test, mistake string) string {
	t.Helper()
	all := exercises(t)
	i := slices.IndexFunc(all, func(e exercise) bool { return e.name == folder })
	if i < 0 {
		t.Fatalf("a picture comes from %s, which is no exercise", folder)
	}
	e := all[i]
	var files map[string]string
	if mistake != "" {
		m, err := gallery.Find(e.root, e.name+"/"+mistake)
		if err != nil {
			t.Fatal(err)
		}
		path := filepath.Join(t.TempDir(), m.File)
		write(t, path, m.Code)
		files = map[string]string{m.File: path}
	}
	printed := e.test(t, files, runPattern(test)).Tests[rewrite(test)]
	lines := slices.Collect(strings.Lines(printed))
	if len(lines) == 0 {
		t.Fatalf("%s prints nothing", test)
	}
	indent := len(lines[0]) - len(strings.TrimLeft(lines[0], " "))
	for i, line := range lines {
		lines[i] = line[min(indent, len(line)-1):]
	}
	return strings.Join(lines, "")
}

// eachBlock calls f for the blocks of a document. Where f returns true, the
// text must be the one that f returns; with -update it becomes that.
func eachBlock(t *testing.T, name string, f func(b block) (text string, ok bool)) {
	t.Helper()
	path := filepath.Join(root(t), name)
	document := read(t, path)
	var b strings.Builder
	at := 0
	for _, block := range blocks(document) {
		text, ok := f(block)
		if !ok || text == block.text {
			continue
		}
		if !*update {
			t.Errorf("%s says\n%s\nand it is\n%s\n(if that is right: go test ./internal/proof -shipped -update)", name, block.text, text)
		}
		b.WriteString(document[at:block.begin] + text)
		at = block.begin + len(block.text)
	}
	if b.WriteString(document[at:]); *update {
		write(t, path, b.String())
	}
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
	root, source string
	env          []string
	masks        []mask
}

// A mask is a part of what is printed that is another one each time.
type mask struct {
	find *regexp.Regexp
	put  string
}

func newClone(t *testing.T) *clone {
	t.Helper()
	source := root(t)
	dir, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	c := &clone{root: filepath.Join(dir, "errgroup-workshop"), source: source}
	if err := os.Mkdir(c.root, 0o777); err != nil {
		t.Fatal(err)
	}
	entries, err := os.ReadDir(source)
	if err != nil {
		t.Fatal(err)
	}
	for _, entry := range entries {
		if !strings.HasPrefix(entry.Name(), ".") {
			c.copy(t, entry.Name())
		}
	}
	cache, err := exec.Command("go", "env", "GOCACHE").Output()
	if err != nil {
		t.Fatal(err)
	}
	// The companion's memory is somebody's, the build cache isn't.
	c.env = append(os.Environ(), "PWD="+c.root, "XDG_CACHE_HOME="+t.TempDir(), "GOCACHE="+strings.TrimSpace(string(cache)))
	c.masks = []mask{
		{regexp.MustCompile(regexp.QuoteMeta(c.root)), "/home/ada/errgroup-workshop"},
		{duration, "(0.00s)"},
		{regexp.MustCompile(`(?m)^((?:ok  |FAIL)\t\S+\t)\d+\.\d+s`), "${1}0.1s"},
		{regexp.MustCompile(`\d{4}/\d\d/\d\d \d\d:\d\d:\d\d`), "2026/11/24 12:51:20"},
		// A profile: the addresses of a stack, and the tabs that align it.
		{regexp.MustCompile(`0x[0-9a-f]+( 0x[0-9a-f]+)*`), "0x47ffce"},
		{regexp.MustCompile(`\t+(\S+\.go:\d+)`), "\t${1}"},
	}
	return c
}

// copy copies a file or folder of the module to the clone.
func (c *clone) copy(t *testing.T, name string) {
	t.Helper()
	from, to := filepath.Join(c.source, name), filepath.Join(c.root, name)
	info, err := os.Stat(from)
	if err != nil {
		t.Fatal(err)
	}
	if info.IsDir() {
		err = os.CopyFS(to, os.DirFS(from))
	} else {
		write(t, to, read(t, from))
	}
	if err != nil {
		t.Fatal(err)
	}
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
	for _, e := range exercises(t) {
		if err := os.RemoveAll(filepath.Join(c.root, e.name)); err != nil {
			t.Fatal(err)
		}
		c.copy(t, e.name)
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
		{"$ go\none\ntwo\n", "$ go\none\ntwo\n", false, true},
		{"$ go\none\ntwo\n", "$ go\none\n", false, false},
		{"$ go\n...\ntwo\n", "$ go\nzero\none\ntwo\n", false, true},
		{"$ go\n...\ntwo\n", "$ go\ntwo\n", false, true},
		{"$ go\n...\ntwo\n", "$ go\nzero\none\n", false, false},
		{"a.b\n", "axb\n", false, false},
		{"lost  12 of 100\n", "lost 130 of 100\n", true, true},
		{"lost  12 of 100\n", "lost 130 of 100\n", false, false},
		{"lost  12 of 100\n", "won   12 of 100\n", true, false},
	} {
		if got := sameText(tt.want, tt.got, tt.vary); got != tt.same {
			t.Errorf("sameText(%q, %q, %t) = %t; want %t", tt.want, tt.got, tt.vary, got, tt.same)
		}
	}
	if !newEnough("") || newEnough(fmt.Sprintf("go1.%d", 1000)) && !strings.Contains(runtime.Version(), "devel") {
		t.Error("newEnough takes every release")
	}
}
