package main

import (
	"errors"
	"os"
	"strings"
	"testing"

	"example.com/errgroup-workshop/internal/guide"
)

// TestEndlessOutput checks that a run which prints without end is ended, told so,
// and leaves nothing behind.
func TestEndlessOutput(t *testing.T) {
	if testing.Short() {
		t.Skip("left out with -short: it runs go test")
	}
	t.Parallel()
	s := newScript(t)
	const code = "package waitgroup\n\nimport \"fmt\"\n\nfunc init() { for { fmt.Println(\"and so on\") } }\n"
	if err := os.WriteFile(s.path("01-waitgroup/mine.go"), []byte(code), 0o666); err != nil {
		t.Fatal(err)
	}
	a := s.app()
	if _, err := a.test(t.Context(), nil, a.repo.Exercises[0]); !errors.Is(err, errFlood) {
		t.Fatalf("the run ended with %v; want %v", err, errFlood)
	}
	if err := s.alone(); err != nil {
		t.Error(err)
	}
}

// app returns the program for the copy of a script.
func (s *script) app() *app {
	s.t.Helper()
	r, err := openRepo(s.root)
	if err != nil {
		s.t.Fatal(err)
	}
	null, err := os.OpenFile(os.DevNull, os.O_WRONLY, 0)
	if err != nil {
		s.t.Fatal(err)
	}
	s.t.Cleanup(func() { null.Close() })
	return &app{out: newTerminal(null, null), repo: r, memory: memory(s.t.TempDir()), raceWhy: "none"}
}

func TestExplain(t *testing.T) {
	e := guide.Exercise{Name: "01-waitgroup"}
	meanings := []guide.Meaning{{Read: "WARNING: DATA RACE", Means: "No lock."}, {Read: "goroutine leak: goleak found 1 goroutine", Means: "Still there."}}
	for _, tt := range []struct{ name, output, want string }{
		{"a message is left as it is", "=== RUN   TestX\n    x_test.go:1: no\n", "x_test.go:1: no"},
		{"a number in the guide is an example", "goroutine leak: goleak found 2 goroutines still there\n", "goroutine leak: goleak found 2 goroutines still there\nThat means: Still there."},
		{"a data race has two places, on any system",
			"WARNING: DATA RACE\nWrite at 0x1 by goroutine 2:\n  f()\n      C:\\clone\\01-waitgroup\\tally.go:7 +0x1\n\n" +
				"Previous write at 0x1 by goroutine 1:\n  f()\n      /clone/01-waitgroup/tally.go:9 +0x1\n  g()\n      /clone/01-waitgroup/tally_test.go:3 +0x1\n",
			"WARNING: DATA RACE\n  at 01-waitgroup/tally.go:7\n  at 01-waitgroup/tally.go:9\nThat means: No lock."},
		{"a panic has one", "panic: no\n\ngoroutine 1 [running]:\nf()\n\t/usr/local/go/src/f.go:1\ng()\n\t/clone/01-waitgroup/tally.go:8 +0x1\nh()\n\t/clone/01-waitgroup/tally.go:9 +0x1\n",
			"panic: no\n  at 01-waitgroup/tally.go:8"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := explain(tt.output, e, meanings); got != tt.want {
				t.Errorf("got\n%s\nwant\n%s", got, tt.want)
			}
		})
	}
	if text := shorten(strings.Repeat("line\n", 100)); strings.Count(text, "\n") > longest {
		t.Errorf("a hundred lines were shortened to %d; want at most %d", strings.Count(text, "\n"), longest)
	}
}
