// Package program tests a whole program, func main included: its arguments,
// what it prints and its exit status.
package program

import (
	"bytes"
	"encoding/json"
	"errors"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"example.com/errgroup-workshop/internal/gotest"
	"example.com/errgroup-workshop/internal/rehearsal"
)

// An Output is what a program left behind.
type Output struct {
	Args           string // that the program was given, with spaces between
	Stdout, Stderr string
	Notes          string // what Note was called with, a line each
	ExitStatus     int    // -1 if a signal ended the program
}

// environment variables by which Run tells its child what to do
const (
	testVariable  = "REHEARSAL_PROGRAM_TEST"  // the name of the test that called Run
	argsVariable  = "REHEARSAL_PROGRAM_ARGS"  // the arguments, as JSON
	notesVariable = "REHEARSAL_PROGRAM_NOTES" // the file that takes the notes
)

// Run runs main in a process of its own, under fake time, with the arguments
// args, and returns what it printed and its exit status.
//
// The process is this test binary, which runs the same test again: in it, Run
// doesn't return, but calls main. A test may therefore call Run once, and what
// the test does before that happens in both processes.
func Run(t *testing.T, main func(), args ...string) Output {
	t.Helper()
	return run(t, args, func() {
		// Without this, the goroutines by which os/signal waits for the system
		// would be part of the bubble, and stop its clock.
		signal.Notify(make(chan os.Signal, 1), os.Interrupt)
		rehearsal.Bubble(func(*rehearsal.T) { main(); os.Exit(0) })(t)
	})
}

// RunInRealTime is Run without fake time, for a program that gets a signal: a
// signal can't be sent into a bubble. See [Interrupt].
func RunInRealTime(t *testing.T, main func(), args ...string) Output {
	t.Helper()
	return run(t, args, func() {
		rehearsal.Watch(t)
		main()
		os.Exit(0)
	})
}

// run runs become in a process of its own; become ends that process unless
// something is wrong.
func run(t *testing.T, args []string, become func()) Output {
	t.Helper()
	if os.Getenv(testVariable) == t.Name() {
		if err := json.Unmarshal([]byte(os.Getenv(argsVariable)), &args); err != nil {
			t.Fatal(err)
		}
		os.Args = append([]string{"program"}, args...)
		become()
		t.FailNow()
	}
	arguments, err := json.Marshal(args)
	if err != nil {
		t.Fatal(err)
	}
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	notes := filepath.Join(t.TempDir(), "notes")
	command := exec.Command(self, "-test.run="+gotest.Pattern(t.Name()), "-test.timeout="+timeout(t).String())
	command.Env = append(os.Environ(),
		testVariable+"="+t.Name(),
		argsVariable+"="+string(arguments),
		notesVariable+"="+notes,
		// The race detector waits for a second before a program ends.
		"GORACE="+gotest.NoSleep+" "+os.Getenv("GORACE"),
	)
	var stdout, stderr bytes.Buffer
	command.Stdout, command.Stderr = &stdout, &stderr
	err = command.Run()
	if exit := (*exec.ExitError)(nil); err != nil && !errors.As(err, &exit) {
		t.Fatalf("the program could not be run: %v", err)
	}
	noted, err := os.ReadFile(notes)
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		t.Fatal(err)
	}
	for _, printed := range []string{stdout.String(), stderr.String()} {
		if _, report, failed := strings.Cut(printed, "--- FAIL: "); failed {
			t.Fatalf("the program didn't come to its end:\n%s", plain(report))
		}
	}
	return Output{
		Args:       strings.Join(args, " "),
		Stdout:     strings.ReplaceAll(stdout.String(), "\r\n", "\n"),
		Stderr:     strings.ReplaceAll(stderr.String(), "\r\n", "\n"),
		Notes:      string(noted),
		ExitStatus: command.ProcessState.ExitCode(),
	}
}

// plain returns what a test that failed has reported, without the lines that say
// that it has failed.
func plain(report string) string {
	var lines []string
	for i, line := range strings.Split(report, "\n") {
		line = strings.TrimSpace(line)
		if i > 0 && line != "" && line != "FAIL" && !strings.HasPrefix(line, "--- FAIL: ") {
			lines = append(lines, line)
		}
	}
	return strings.Join(lines, "\n")
}

// timeout returns the timeout for a child: most of what t has left, or none if t
// has no deadline, so that no watchdog looks on.
func timeout(t *testing.T) time.Duration {
	deadline, limited := t.Deadline()
	if !limited {
		return 0
	}
	return gotest.Timeout(deadline)
}
