package main

import (
	"io"
	"net"
	"net/http"
	"os"
	"runtime"
	"strings"
	"testing"

	"example.com/errgroup-workshop/internal/nameservice"
	"example.com/errgroup-workshop/internal/rehearsal/network"
	"example.com/errgroup-workshop/internal/rehearsal/program"
)

const (
	nameLine   = "{name {ricardo linck}}\n"
	pointsLine = "{loyalty_points 20}\n"
)

// The program runs in a process of its own, under fake time and with a network
// in memory, so that the seconds of its timeouts cost nothing.
func TestMainProgram(t *testing.T) {
	t.Run("prints what the name service and the partner know", func(t *testing.T) {
		got := program.Run(t, inMemory(main))
		wantOutput(t, got, nameLine+pointsLine, "", 0)
	})

	t.Run("prints what it has when the time is up, and exits 1", func(t *testing.T) {
		got := program.Run(t, inMemory(main), "-timeout", "500ms")
		wantOutput(t, got, nameLine, "context deadline exceeded", 1)
	})

	t.Run("waits for the partner, who takes a second", func(t *testing.T) {
		got := program.Run(t, inMemory(main), "-timeout", "1001ms")
		wantOutput(t, got, nameLine+pointsLine, "", 0)
	})

	t.Run("has no points before the partner's second is over", func(t *testing.T) {
		got := program.Run(t, inMemory(main), "-timeout", "999ms")
		wantOutput(t, got, nameLine, "context deadline exceeded", 1)
	})

	t.Run("prints the points although the name service fails", func(t *testing.T) {
		got := program.Run(t, failing(main))
		if got.Stdout != pointsLine || !strings.Contains(got.Stderr, "503") {
			t.Errorf("the program printed %q and the error %q; want %q and the status 503: some data is better than none",
				got.Stdout, got.Stderr, pointsLine)
		}
		if got.ExitStatus != 0 {
			t.Errorf("the program exited with status %d; want 0, because the error didn't end it early", got.ExitStatus)
		}
	})

	t.Run("stops at the first error with -fail-fast", func(t *testing.T) {
		got := program.Run(t, inMemory(main), "-fail-fast", "-email", "nobody@example.com")
		wantOutput(t, got, "", "404", 1)
	})

	t.Run("stops on Ctrl-C and exits 1", func(t *testing.T) {
		if runtime.GOOS == "windows" {
			t.Skip("a program can't send itself Ctrl-C on Windows")
		}
		got := program.RunInRealTime(t, interrupted(main), "-timeout", "1h")
		if got.ExitStatus == -1 {
			t.Fatalf("the interrupt ended the program from outside; want it to stop by itself: " +
				"signal.NotifyContext makes the end of a context of the interrupt")
		}
		if got.ExitStatus != 1 || got.Stderr == "" {
			t.Errorf("on Ctrl-C the program wrote %q to standard error and exited with status %d; want an error and status 1",
				got.Stderr, got.ExitStatus)
		}
	})

	t.Run("prints on Ctrl-C what it has by then", func(t *testing.T) {
		if runtime.GOOS == "windows" {
			t.Skip("a program can't send itself Ctrl-C on Windows")
		}
		var got program.Output
		for range 10 {
			got = program.RunInRealTime(t, interruptedWithName(main), "-timeout", "1h")
			if got.Stdout != nameLine+pointsLine {
				break
			} // else the partner, who takes a second, was there before the signal
		}
		if got.Stdout != nameLine || got.ExitStatus != 1 {
			t.Errorf("on Ctrl-C the program printed %q and exited with status %d; want %q, which it had by then, and status 1",
				got.Stdout, got.ExitStatus, nameLine)
		}
	})

	t.Run("refuses what it can't use, and exits 2", func(t *testing.T) {
		for _, tt := range []struct {
			name, shows string
			args        []string
		}{
			{"an unknown flag", "verbose", []string{"-verbose"}},
			{"a timeout that is no duration", "timeout", []string{"-timeout", "soon"}},
			{"a timeout of zero", "timeout", []string{"-timeout", "0s"}},
			{"a timeout below zero", "timeout", []string{"-timeout", "-1s"}},
		} {
			t.Run(tt.name, func(t *testing.T) {
				got := program.Run(t, inMemory(main), tt.args...)
				wantOutput(t, got, "", tt.shows, 2)
			})
		}
	})
}

// wantOutput fails the test unless the program printed stdout, an error that
// contains stderr (nothing, if that is empty), and exited with status.
func wantOutput(t testing.TB, got program.Output, stdout, stderr string, status int) {
	t.Helper()
	if got.Stdout != stdout {
		t.Errorf("the program printed %q; want %q (its arguments: %s)", got.Stdout, stdout, got.Args)
	}
	switch {
	case stderr == "" && got.Stderr != "":
		t.Errorf("the program wrote %q to standard error; want nothing there (its arguments: %s)", firstLine(got.Stderr), got.Args)
	case !strings.Contains(got.Stderr, stderr):
		t.Errorf("the program wrote %q to standard error; want something with %q (its arguments: %s)", firstLine(got.Stderr), stderr, got.Args)
	}
	if got.ExitStatus != status {
		t.Errorf("the program exited with status %d; want %d (its arguments: %s)", got.ExitStatus, status, got.Args)
	}
}

// firstLine returns the first line of text, and dots for the rest.
func firstLine(text string) string {
	line, rest, _ := strings.Cut(text, "\n")
	if rest != "" {
		line += " ..."
	}
	return line
}

// inMemory puts a network in memory between the program and its name service.
func inMemory(main func()) func() {
	return func() {
		n := network.New()
		nameservice.Listen = func() (net.Listener, error) { return n, nil }
		http.DefaultTransport = n.Transport()
		main()
	}
}

// answeredBy puts a network in memory between the program and handler, which
// answers in place of its name service.
func answeredBy(handler http.HandlerFunc, main func()) func() {
	return func() {
		nameservice.Listen = func() (net.Listener, error) { return network.New(), nil }
		n := network.New()
		go http.Serve(n, handler)
		http.DefaultTransport = n.Transport()
		main()
	}
}

// failing makes a program's requests fail.
func failing(main func()) func() {
	return answeredBy(func(w http.ResponseWriter, r *http.Request) {
		http.Error(w, "the service is down", http.StatusServiceUnavailable)
	}, main)
}

// interrupted makes a program get Ctrl-C while it waits for the name service,
// which doesn't answer: nothing but the interrupt can end the program.
func interrupted(main func()) func() {
	return answeredBy(func(w http.ResponseWriter, r *http.Request) {
		pressCtrlC()
		<-r.Context().Done()
	}, main)
}

// interruptedWithName makes a program get Ctrl-C when it has the name, and waits
// for the partner.
func interruptedWithName(main func()) func() {
	return answeredBy(func(w http.ResponseWriter, r *http.Request) {
		io.WriteString(w, `{"name":"ricardo","surname":"linck"}`)
		go func() {
			for fetching() {
				runtime.Gosched()
			}
			pressCtrlC()
		}()
	}, main)
}

func pressCtrlC() {
	if process, err := os.FindProcess(os.Getpid()); err == nil {
		process.Signal(os.Interrupt)
	}
}

// fetching reports whether the name is still on its way: in NameFetcher, or in
// the decorator around it, which is there beside that of the partner.
func fetching() bool {
	dump := make([]byte, 1<<20)
	dump = dump[:runtime.Stack(dump, true)]
	decorators := 0
	for goroutine := range strings.SplitSeq(string(dump), "\n\n") {
		if strings.Contains(goroutine, "NameFetcher") {
			return true
		}
		if strings.Contains(goroutine, "CancellationFetcher.Fetch(") || strings.Contains(goroutine, "CancellationFetcher).Fetch(") {
			decorators++
		}
	}
	return decorators > 1
}
