package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"golang.org/x/sync/errgroup"

	"example.com/errgroup-workshop/internal/gotest"
	"example.com/errgroup-workshop/internal/guide"
	"example.com/errgroup-workshop/internal/module"
)

// TestScripts runs the scripts in testdata/script, each over a copy of the
// repository whose exercises are unsolved. A script is a list of commands, a
// line each, and files behind lines such as "-- name --". A # begins a comment,
// single quotes hold a word together, and ! before a command wants it to fail.
//
//	workshop ARGUMENTS...       run the program; its exit status must be 0
//	together N workshop ...     run the program N times at the same time
//	to FILE                     for the next workshop: where its standard output goes
//	status N                    the exit status was N
//	stdout REGEXP               the program printed something like it
//	stderr REGEXP               to standard error
//	terminal WIDTHxHEIGHT       for what is started: a terminal of this size, on Linux
//	start workshop ARGUMENTS... run it in the background
//	start sh COMMANDS           run a shell, in which the program is $WORKSHOP
//	expect REGEXP               wait until it prints something like it; fails at once if it only waits
//	type TEXT                   type a line; in a terminal, the keys without Enter
//	fits REGEXP                 what is on the screen of the terminal fits it, and something like it is there
//	cooked                      the terminal is as it was before the start
//	close                       end its input
//	signal NAME                 send it a signal: INT, TERM, HUP or KILL; not on Windows
//	wait                        wait until it has ended
//	solve PART...               copy solutions to the exercise
//	cp FILE FILE                copy a file of the script, or of the copy
//	rm FILE                     remove a file
//	link FILE FILE              make a symbolic link; not on Windows
//	exists PATTERN              a file that fits is there
//	await FILE                  wait until a file is there
//	cmp FILE FILE               two files are the same
//	replace FILE OLD NEW        change a file
//	env NAME=VALUE              for what comes; $CLONE is the folder of the copy, $GOFLAGS the flags of all scripts
//	cd FOLDER                   of the copy, for what comes
//	move FOLDER                 the copy, which is then in this folder
//	exec COMMAND...             run another command
//	unix                        leave the rest out on Windows
//	needs COMMAND...            leave the rest out where one of them is missing
//	race                        from now on, the race detector works; without, runs are quicker
//	norace                      from now on, it doesn't
//	tmp FOLDER                  from now on, temporary files go to this folder
//	path FOLDER                 from now on, the commands in this folder come first
//	bare                        from now on, there is no command but go
//	alone                       no process of the copy is running
func TestScripts(t *testing.T) {
	if testing.Short() {
		t.Skip("the scripts are left out with -short: they run go test")
	}
	paths, err := filepath.Glob("testdata/script/*.txt")
	if err != nil || len(paths) == 0 {
		t.Fatalf("found %d scripts, error %v", len(paths), err)
	}
	for _, path := range paths {
		name := strings.TrimSuffix(filepath.Base(path), ".txt")
		t.Run(name, func(t *testing.T) {
			if strings.HasPrefix(name, "long_") && !*asShipped {
				t.Skip("it takes long; go test ./internal/workshop -shipped runs it")
			}
			t.Parallel()
			content, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			newScript(t).run(withoutCR(content))
		})
	}
}

// goFlags are settings of the go command for the scripts. Without -trimpath the
// build cache would take each copy for other packages; vet takes time.
const goFlags = "-buildvcs=false -trimpath -vet=off"

// A script is one run of a script.
type script struct {
	t      *testing.T
	root   string // of the copy
	dir    string
	env    []string
	files  map[string]string
	stdout string
	stderr string
	status int

	background *exec.Cmd
	size       string // of the terminal for background, or ""
	input      io.WriteCloser
	isCooked   func() error
	output     *buffer
	looks      <-chan struct{} // gets a value when background looks at the files, where that can be seen
	to         string
}

// binaryDir is the folder of binary, once that has been built.
var binaryDir string

// binary returns the path of the program, built once.
var binary = sync.OnceValues(func() (path string, err error) {
	if binaryDir, err = os.MkdirTemp("", "workshop"); err != nil {
		return "", err
	}
	path = filepath.Join(binaryDir, "workshop.exe")
	output, err := exec.Command("go", "build", "-o", path, ".").CombinedOutput()
	if err != nil {
		return "", fmt.Errorf("%w\n%s", err, output)
	}
	return path, nil
})

func TestMain(m *testing.M) {
	if len(os.Args) > 2 && os.Args[1] == guardName {
		main() // tests call goCommand, too, and it calls its own program
	}
	// The scripts wait more than they work: for a watchdog, or for a file to be
	// looked at. So twice as many at a time, unless somebody says how many.
	flag.Parse()
	if n := runtime.GOMAXPROCS(0); flag.Lookup("test.parallel").Value.String() == fmt.Sprint(n) {
		flag.Set("test.parallel", fmt.Sprint(2*n))
	}
	status := m.Run()
	if binaryDir != "" {
		os.RemoveAll(binaryDir)
	}
	os.Exit(status)
}

func newScript(t *testing.T) *script {
	t.Helper()
	module := module.Copy(t)
	root := filepath.Join(filepath.Dir(module), "a clone") // with a space, as in real life
	if err := os.Rename(module, root); err != nil {
		t.Fatal(err)
	}
	ignored, err := os.ReadFile("../../.gitignore")
	if err == nil {
		err = os.WriteFile(filepath.Join(root, ".gitignore"), ignored, 0o666)
	}
	if err != nil {
		t.Fatal(err)
	}
	r, err := openRepo(root)
	if err != nil {
		t.Fatal(err)
	}
	// The repository may be a learner's.
	files := []string{guide.ExtrasFile}
	for _, p := range r.Parts() {
		files = append(files, p.File)
	}
	for _, file := range files {
		content, err := shipped.ReadFile(copyOf(file))
		if err == nil {
			err = os.WriteFile(r.path(file), content, 0o666)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	home := t.TempDir() // for the program's memory
	env := append(os.Environ(), "GOCACHE="+goEnv(t, "GOCACHE"),
		"XDG_CACHE_HOME="+home, "HOME="+home, "LocalAppData="+home,
		"GOMODCACHE="+goEnv(t, "GOMODCACHE"), "GOPATH="+goEnv(t, "GOPATH"), "GOFLAGS="+goFlags, "NO_COLOR=", "CGO_ENABLED=0")
	compiled.Do(func() {
		list := []string{"list", "-export", "-deps", "-test"}
		for _, e := range r.Exercises[:2] { // the others need net/http, and only scripts that take long run them
			list = append(list, "./"+e.Name)
		}
		c := exec.Command("go", list...)
		c.Dir, c.Env = root, env
		c.Run() // what fails here fails in the script, too
	})
	return &script{t: t, root: root, dir: root, env: env}
}

// compiled is done once the build cache has what all scripts need: with an empty
// one, scripts that run at the same time would each compile it.
var compiled sync.Once

// goEnv returns a setting of the go command, one of those that scripts ask for.
func goEnv(t *testing.T, name string) string {
	t.Helper()
	settings, err := goSettings()
	if err != nil {
		t.Fatal(err)
	}
	return settings[name]
}

var goSettings = sync.OnceValues(func() (settings map[string]string, err error) {
	output, err := exec.Command("go", "env", "-json", "GOCACHE", "GOMODCACHE", "GOPATH", "GOROOT").Output()
	if err == nil {
		err = json.Unmarshal(output, &settings)
	}
	return settings, err
})

func (s *script) run(text string) {
	s.t.Helper()
	s.t.Cleanup(s.end)
	commands, archive, _ := strings.Cut(text, "\n-- ")
	s.files = make(map[string]string)
	for _, file := range strings.Split("\n"+archive, "\n-- ") {
		name, content, _ := strings.Cut(strings.TrimPrefix(file, "\n"), " --\n")
		s.files[name] = content
	}
	for i, line := range strings.Split(commands, "\n") {
		words := splitWords(line)
		if len(words) == 0 {
			continue
		}
		negative := words[0] == "!"
		if negative {
			words = words[1:]
		}
		err := s.do(words[0], words[1:])
		if negative {
			if err == nil {
				err = errors.New("succeeded; want it to fail")
			} else {
				err = nil
			}
		}
		if err != nil {
			output := s.stdout + s.stderr
			if s.background != nil {
				output = s.output.all()
			}
			s.t.Fatalf("line %d: %s: %v\nthe program printed:\n%s", i+1, line, err, output)
		}
	}
}

// splitWords splits a line at spaces outside of single quotes.
func splitWords(line string) []string {
	var words []string
	for _, m := range regexp.MustCompile(`'([^']*)'|(#.*)|(\S+)`).FindAllStringSubmatch(line, -1) {
		if m[2] == "" {
			words = append(words, m[1]+m[3])
		}
	}
	return words
}

func (s *script) do(command string, args []string) error {
	switch command {
	case "workshop":
		return s.workshop(args)
	case "status":
		if got := fmt.Sprint(s.status); got != args[0] {
			return fmt.Errorf("the exit status was %s", got)
		}
	case "stdout":
		return matches(args[0], s.stdout)
	case "stderr":
		return matches(args[0], s.stderr)
	case "together":
		return s.together(args)
	case "to":
		s.to = args[0]
	case "terminal":
		s.size = args[0]
	case "start":
		return s.start(args)
	case "expect":
		return s.expect(args[0])
	case "type":
		text := args[0] + "\r\n"
		if s.size != "" {
			text = strings.NewReplacer("^C", "\x03", "^Z", "\x1a", "^M", "\n").Replace(args[0])
		}
		_, err := io.WriteString(s.input, text)
		return err
	case "fits":
		return s.fits(args[0])
	case "cooked":
		return s.isCooked()
	case "close":
		return s.input.Close()
	case "signal":
		return s.signal(args[0])
	case "wait":
		if err := s.until(func() bool { return false }); err != errEnded {
			return err
		}
		s.stdout, s.status = s.output.all(), s.background.ProcessState.ExitCode()
		s.background = nil
		if s.status != 0 {
			return errors.New("it failed")
		}
	case "solve":
		return s.solve(args)
	case "cp":
		content, ok := s.files[args[0]]
		if !ok {
			read, err := os.ReadFile(s.path(args[0]))
			if err != nil {
				return err
			}
			content = string(read)
		}
		if err := os.MkdirAll(filepath.Dir(s.path(args[1])), 0o777); err != nil {
			return err
		}
		return os.WriteFile(s.path(args[1]), []byte(content), 0o666)
	case "rm":
		return persist(func() error { return os.Remove(s.path(args[0])) }) // who made it may still have it open
	case "exists":
		paths, err := filepath.Glob(s.path(args[0]))
		if err == nil && len(paths) == 0 {
			err = errors.New("there is none")
		}
		return err
	case "await":
		for _, err := os.Stat(s.path(args[0])); err != nil; _, err = os.Stat(s.path(args[0])) {
			if s.late() {
				return err
			}
			time.Sleep(5 * time.Millisecond)
		}
	case "cmp":
		return s.compare(args[0], args[1])
	case "env":
		s.env = append(s.env, strings.NewReplacer("$CLONE", s.root, "$GOFLAGS", goFlags).Replace(args[0]))
	case "tmp":
		for _, name := range []string{"TMPDIR", "TMP", "TEMP"} {
			s.env = append(s.env, name+"="+s.path(args[0]))
		}
	case "path":
		for _, setting := range s.env {
			if path, ok := strings.CutPrefix(setting, "PATH="); ok {
				s.env = append(s.env, "PATH="+s.path(args[0])+string(os.PathListSeparator)+path)
			}
		}
	case "cd":
		s.dir = s.path(args[0])
	case "exec":
		c := exec.Command(args[0], args[1:]...)
		c.Dir, c.Env = s.dir, s.env
		output, err := c.CombinedOutput()
		s.stdout = string(output)
		return err
	case "link":
		if runtime.GOOS == "windows" {
			s.t.Skip("a link needs a right there that not everyone has")
		}
		return os.Symlink(s.path(args[0]), s.path(args[1]))
	case "replace":
		content, err := os.ReadFile(s.path(args[0]))
		if err != nil {
			return err
		}
		changed := strings.Replace(string(content), args[1], args[2], 1)
		if changed == string(content) {
			return errors.New("it has no such text")
		}
		return os.WriteFile(s.path(args[0]), []byte(changed), 0o666)
	case "move":
		to := filepath.Join(filepath.Dir(s.root), args[0])
		err := os.Rename(s.root, to)
		s.root, s.dir = to, to
		return err
	case "unix":
		if runtime.GOOS == "windows" {
			s.t.Skip("it is about what Windows hasn't")
		}
	case "needs":
		for _, name := range args {
			if _, err := exec.LookPath(name); err != nil {
				s.t.Skipf("it needs %s, which is not here", name)
			}
		}
	case "race", "norace":
		s.env = append(s.env, "CGO_ENABLED=1")
		if command == "norace" {
			s.env = append(s.env, "CGO_ENABLED=0")
		}
		if works := s.raceWorks(); works != (command == "race") {
			s.t.Skipf("whether the race detector works here: %t, whatever CGO_ENABLED says", works)
		}
	case "bare":
		path := filepath.Join(goEnv(s.t, "GOROOT"), "bin")
		if runtime.GOOS == "windows" { // where the program itself needs taskkill
			path += ";" + filepath.Join(os.Getenv("SystemRoot"), "System32")
		}
		s.env = append(s.env, "PATH="+path)
	case "alone":
		return s.alone()
	default:
		return errors.New("no such command")
	}
	return nil
}

// raceWorks reports whether the race detector works in the script's environment.
func (s *script) raceWorks() bool {
	probe := exec.Command("go", gotest.RaceProbe...)
	probe.Dir, probe.Env = s.root, s.env
	works, _ := gotest.Race(probe)
	return works
}

// together runs the program several times at the same time.
func (s *script) together(args []string) error {
	n, err := strconv.Atoi(args[0])
	if err != nil {
		return err
	}
	var running errgroup.Group
	for range n {
		c, err := s.command(args[2:])
		if err != nil {
			return err
		}
		running.Go(func() error {
			output, err := c.CombinedOutput()
			if err != nil {
				err = fmt.Errorf("%w\n%s", err, output)
			}
			return err
		})
	}
	return running.Wait()
}

func (s *script) path(name string) string { return filepath.Join(s.root, filepath.FromSlash(name)) }

func (s *script) command(args []string) (*exec.Cmd, error) {
	path, err := binary()
	if err != nil {
		return nil, err
	}
	c := exec.Command(path, args...)
	c.Dir, c.Env = s.dir, s.env
	return c, nil
}

func (s *script) workshop(args []string) error {
	c, err := s.command(args)
	if err != nil {
		return err
	}
	var stdout, stderr bytes.Buffer
	c.Stdout, c.Stderr = &stdout, &stderr
	if s.to != "" {
		f, err := os.OpenFile(s.to, os.O_WRONLY, 0)
		if err != nil {
			s.t.Skip(err)
		}
		defer f.Close()
		c.Stdout, s.to = f, ""
	}
	err = c.Run()
	s.stdout, s.stderr, s.status = stdout.String(), stderr.String(), c.ProcessState.ExitCode()
	if strings.Contains(s.stdout, "\x1b") {
		return errors.New("it writes control codes to what is no terminal")
	}
	return err
}

func (s *script) start(args []string) error {
	c, err := s.command(args[1:])
	if err != nil {
		return err
	}
	if args[0] == "sh" {
		c.Env = append(c.Env, "WORKSHOP="+c.Path)
		c.Path, c.Args = "/bin/sh", []string{"sh", "-c", args[1]}
	}
	s.output = &buffer{grown: make(chan struct{}, 1), ended: make(chan struct{})}
	wait := func() {}
	if s.size != "" {
		wait = s.openTerminal(c)
	} else {
		c.Stdout, c.Stderr = s.output, s.output
		if s.input, err = c.StdinPipe(); err != nil {
			return err
		}
	}
	s.looks = looksAt(s.t, s.path("01-waitgroup"))
	if err := c.Start(); err != nil {
		return err
	}
	s.background = c
	output := s.output
	go func() {
		defer close(output.ended)
		c.Wait()
		wait()
	}()
	return nil
}

// end ends what runs in the background when the script has failed.
func (s *script) end() {
	if s.background != nil {
		s.background.Process.Kill()
		<-s.output.ended
	}
}

func (s *script) signal(name string) error {
	signals := map[string]syscall.Signal{"INT": syscall.SIGINT, "TERM": syscall.SIGTERM, "HUP": syscall.SIGHUP, "KILL": syscall.SIGKILL}
	if runtime.GOOS == "windows" {
		s.t.Skip("a program can't be sent a signal there")
	}
	if err := s.background.Process.Signal(signals[name]); !errors.Is(err, os.ErrProcessDone) {
		return err
	}
	return nil
}

func (s *script) solve(parts []string) error {
	r, err := openRepo(s.root)
	if err != nil {
		return err
	}
	for _, name := range parts {
		p, err := r.part(name)
		if err != nil {
			return err
		}
		content, err := os.ReadFile(r.path("solutions/" + p.File))
		if err == nil {
			err = os.WriteFile(r.path(p.File), content, 0o666)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func (s *script) compare(a, b string) error {
	read := func(name string) (string, error) {
		if content, ok := s.files[name]; ok {
			return content, nil
		}
		paths, err := filepath.Glob(s.path(name))
		if err != nil || len(paths) != 1 {
			return "", fmt.Errorf("%d files fit %s", len(paths), name)
		}
		content, err := os.ReadFile(paths[0])
		return string(content), err
	}
	first, err := read(a)
	if err != nil {
		return err
	}
	second, err := read(b)
	if err == nil && first != second {
		err = errors.New("they differ")
	}
	return err
}

// alone waits until no process runs in the copy, or the test's time is over.
func (s *script) alone() error {
	err := s.nobodyRuns()
	for err != nil && !s.late() {
		time.Sleep(10 * time.Millisecond)
		err = s.nobodyRuns()
	}
	return err
}

// late reports whether the test's own deadline is near.
func (s *script) late() bool {
	deadline, ok := s.t.Deadline()
	return ok && time.Until(deadline) < nearEnd
}

const nearEnd = 10 * time.Second // of the test

func (s *script) nobodyRuns() error {
	if runtime.GOOS != "linux" {
		return nil // only here is it easy to see
	}
	processes, err := filepath.Glob("/proc/[0-9]*")
	if err != nil {
		return err
	}
	for _, p := range processes {
		dir, _ := os.Readlink(filepath.Join(p, "cwd"))
		state, _ := os.ReadFile(filepath.Join(p, "stat"))
		if strings.HasPrefix(dir, s.root) && !strings.Contains(string(state), ") Z ") {
			line, _ := os.ReadFile(filepath.Join(p, "cmdline"))
			return fmt.Errorf("process %s runs: %q", filepath.Base(p), line)
		}
	}
	return nil
}

func matches(pattern, text string) error {
	if !regexp.MustCompile("(?m)" + pattern).MatchString(text) {
		return errors.New("no match")
	}
	return nil
}

// A buffer holds what a program in the background prints.
type buffer struct {
	mu    sync.Mutex
	text  []byte
	read  int           // how much of it has been expected
	grown chan struct{} // gets a value when there is more text
	ended chan struct{} // closed when the program has ended
}

func (b *buffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.text = append(b.text, p...)
	select {
	case b.grown <- struct{}{}:
	default: // one is waiting
	}
	return len(p), nil
}

// endMark is what a terminal shows when the program in it has ended.
const endMark = "\x00"

// colors are what a program writes to a terminal beside its text.
var colors = regexp.MustCompile("\x1b\\[[0-9;]*m|\r|" + endMark)

// all returns what was printed, without colors.
func (b *buffer) all() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return colors.ReplaceAllString(string(b.text), "")
}

func (b *buffer) has(text string) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	return bytes.Contains(b.text, []byte(text))
}

// find looks for the pattern in what was printed since it was last found.
func (b *buffer) find(pattern *regexp.Regexp) bool {
	text := b.all()
	at := pattern.FindStringIndex(text[b.read:])
	if at == nil {
		return false
	}
	b.read += at[1]
	return true
}

// expect waits until what was printed since the last call fits the pattern.
func (s *script) expect(pattern string) error {
	re := regexp.MustCompile("(?m)" + pattern)
	return s.until(func() bool { return s.output.find(re) })
}

var errEnded = errors.New("the program has ended")

// idleLooks is how often watch looks at the files, without printing anything, until
// a script takes it for idle. It sees a save at the first look, and a key soon.
const idleLooks = 20

// until waits until done, which it asks whenever there is more output. It returns
// errEnded if the program has ended, and another error if it waits for a key, or the
// test's time is over.
func (s *script) until(done func() bool) error {
	var late <-chan time.Time
	if deadline, ok := s.t.Deadline(); ok {
		late = time.After(time.Until(deadline) - nearEnd)
	}
	looks := 0
	for ended := false; !done(); {
		if ended {
			return errEnded
		}
		select {
		case <-s.output.ended:
			ended = true
		case <-s.output.grown:
			looks = 0
		case <-s.looks:
			if !waiting.MatchString(s.output.all()) {
				looks = 0 // a test runs
			} else if looks++; looks > idleLooks {
				return errors.New("the program waits for a key")
			}
		case <-late:
			s.background.Process.Signal(syscall.SIGQUIT) // it prints what its goroutines do
			select {
			case <-s.output.ended:
			case <-time.After(nearEnd / 2):
			}
			return errors.New("the test's time is over")
		}
	}
	return nil
}

// waiting is how the output of watch ends while no test runs.
var waiting = regexp.MustCompile(`q quit( +\(then Enter\))?\s*$`)

// TestCommandsOfScripts checks that the runner of scripts fails where it
// should: a check that can't fail is none.
func TestCommandsOfScripts(t *testing.T) {
	s := &script{t: t, root: t.TempDir(), stdout: "one\ntwo\n", files: map[string]string{"a": "x", "b": "y"}}
	for _, line := range []string{"stdout three", "stdout '^wo'", "status 1", "exists nothing", "cmp a b", "cp nothing a", "rm nothing", "unknown"} {
		words := splitWords(line)
		if err := s.do(words[0], words[1:]); err == nil {
			t.Errorf("%q succeeds; want it to fail", line)
		}
	}
	if got := splitWords("a 'b c' d # e"); !slices.Equal(got, []string{"a", "b c", "d"}) {
		t.Errorf("got the words %q", got)
	}
}
