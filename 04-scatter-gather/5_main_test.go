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
	kitnetwork "example.com/errgroup-workshop/internal/rehearsal/network"
	kitprogram "example.com/errgroup-workshop/internal/rehearsal/program"
)

const (
	kitNameLine   = "{name {ricardo linck}}\n"
	kitPointsLine = "{loyalty_points 20}\n"
)

// The program runs in a process of its own, under fake time and with a network
// in memory, so that the seconds of its timeouts cost nothing.
func TestMainProgram(t *testing.T) {
	t.Run("prints what the name service and the partner know", func(t *testing.T) {
		got := kitprogram.Run(t, kitInMemory(main))
		kitWantOutput(t, got, kitNameLine+kitPointsLine, "", 0)
	})

	t.Run("prints what it has when the time is up, and exits 1", func(t *testing.T) {
		got := kitprogram.Run(t, kitInMemory(main), "-timeout", "500ms")
		kitWantOutput(t, got, kitNameLine, "context deadline exceeded", 1)
	})

	t.Run("waits for the partner, who takes a second", func(t *testing.T) {
		got := kitprogram.Run(t, kitInMemory(main), "-timeout", "1001ms")
		kitWantOutput(t, got, kitNameLine+kitPointsLine, "", 0)
	})

	t.Run("has no points before the partner's second is over", func(t *testing.T) {
		got := kitprogram.Run(t, kitInMemory(main), "-timeout", "999ms")
		kitWantOutput(t, got, kitNameLine, "context deadline exceeded", 1)
	})

	t.Run("prints the points although the name service fails", func(t *testing.T) {
		got := kitprogram.Run(t, kitFailing(main))
		if got.Stdout != kitPointsLine || !strings.Contains(got.Stderr, "503") {
			t.Errorf("the program printed %q and the error %q; want %q and the status 503: some data is better than none",
				got.Stdout, got.Stderr, kitPointsLine)
		}
		if got.ExitStatus != 0 {
			t.Errorf("the program exited with status %d; want 0, because the error didn't end it early", got.ExitStatus)
		}
	})

	t.Run("stops at the first error with -fail-fast", func(t *testing.T) {
		got := kitprogram.Run(t, kitInMemory(main), "-fail-fast", "-email", "nobody@example.com")
		kitWantOutput(t, got, "", "404", 1)
	})

	t.Run("stops on Ctrl-C and exits 1", func(t *testing.T) {
		if runtime.GOOS == "windows" {
			t.Skip("a program can't send itself Ctrl-C on Windows")
		}
		got := kitprogram.RunInRealTime(t, kitInterrupted(main), "-timeout", "1h")
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
		var got kitprogram.Output
		for range 10 {
			got = kitprogram.RunInRealTime(t, kitInterruptedWithName(main), "-timeout", "1h")
			if got.Stdout != kitNameLine+kitPointsLine {
				break
			} // else the partner, who takes a second, was there before the signal
		}
		if got.Stdout != kitNameLine || got.ExitStatus != 1 {
			t.Errorf("on Ctrl-C the program printed %q and exited with status %d; want %q, which it had by then, and status 1",
				got.Stdout, got.ExitStatus, kitNameLine)
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
				got := kitprogram.Run(t, kitInMemory(main), tt.args...)
				kitWantOutput(t, got, "", tt.shows, 2)
			})
		}
	})
}

// kitWantOutput fails the test unless the program printed stdout, an error that
// contains stderr (nothing, if that is empty), and exited with status.
func kitWantOutput(t testing.TB, got kitprogram.Output, stdout, stderr string, status int) {
	t.Helper()
	if got.Stdout != stdout {
		t.Errorf("the program printed %q; want %q (its arguments: %s)", got.Stdout, stdout, got.Args)
	}
	switch {
	case stderr == "" && got.Stderr != "":
		t.Errorf("the program wrote %q to standard error; want nothing there (its arguments: %s)", kitFirstLine(got.Stderr), got.Args)
	case !strings.Contains(got.Stderr, stderr):
		t.Errorf("the program wrote %q to standard error; want something with %q (its arguments: %s)", kitFirstLine(got.Stderr), stderr, got.Args)
	}
	if got.ExitStatus != status {
		t.Errorf("the program exited with status %d; want %d (its arguments: %s)", got.ExitStatus, status, got.Args)
	}
}

// kitFirstLine returns the first line of text, and dots for the rest.
func kitFirstLine(text string) string {
	line, rest, _ := strings.Cut(text, "\n")
	if rest != "" {
		line += " ..."
	}
	return line
}

// kitInMemory puts a network in memory between the program and its name service.
func kitInMemory(main func()) func() {
	return func() {
		n := kitnetwork.New()
		nameservice.Listen = func() (net.Listener, error) { return n, nil }
		http.DefaultTransport = n.Transport()
		main()
	}
}

// kitAnsweredBy puts a network in memory between the program and handler, which
// answers in place of its name service.
func kitAnsweredBy(handler http.HandlerFunc, main func()) func() {
	return func() {
		nameservice.Listen = func() (net.Listener, error) { return kitnetwork.New(), nil }
		n := kitnetwork.New()
		go http.Serve(n, handler)
		http.DefaultTransport = n.Transport()
		main()
	}
}

// kitFailing makes a program's requests fail.
func kitFailing(main func()) func() {
	return kitAnsweredBy(func(w http.ResponseWriter, r *http.Request) {
		http.Error(w, "the service is down", http.StatusServiceUnavailable)
	}, main)
}

// kitInterrupted makes a program get Ctrl-C while it waits for the name service,
// which doesn't answer: nothing but the interrupt can end the program.
func kitInterrupted(main func()) func() {
	return kitAnsweredBy(func(w http.ResponseWriter, r *http.Request) {
		kitPressCtrlC()
		<-r.Context().Done()
	}, main)
}

// kitInterruptedWithName makes a program get Ctrl-C when it has the name, and waits
// for the partner.
func kitInterruptedWithName(main func()) func() {
	return kitAnsweredBy(func(w http.ResponseWriter, r *http.Request) {
		io.WriteString(w, `{"name":"ricardo","surname":"linck"}`)
		go func() {
			for kitFetching() {
				runtime.Gosched()
			}
			kitPressCtrlC()
		}()
	}, main)
}

func kitPressCtrlC() {
	if process, err := os.FindProcess(os.Getpid()); err == nil {
		process.Signal(os.Interrupt)
	}
}

// kitFetching reports whether the name is still on its way: in NameFetcher, or in
// the decorator around it, which is there beside that of the partner.
func kitFetching() bool {
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
