package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"net/http"
	"runtime"
	"strings"
	"testing"
	"time"

	"example.com/errgroup-workshop/internal/nameservice"
	"example.com/errgroup-workshop/internal/rehearsal"
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
	step := rehearsal.NewLadder(t)

	t.Run("prints what the name service and the partner know", step.Real(func(t *testing.T) {
		got := kitprogram.Run(t, kitInMemory(main))
		kitWantOutput(t, got, kitNameLine+kitPointsLine, kitSuccess, "")
	}))

	t.Run("asks about the person of -email", step.Real(func(t *testing.T) {
		got := kitprogram.Run(t, kitAnsweredBy(kitNameIsEmail, main), "-email", "Ada+News@Example.com")
		kitWantOutput(t, got, "{name {Ada+News@Example.com lovelace}}\n", kitSuccess,
			"the service got the email and sent it back as a name, and the partner has points for test@test.com alone")
	}))

	t.Run("prints the points even if the name service fails", step.Real(func(t *testing.T) {
		got := kitprogram.Run(t, kitAnsweredBy(kitDown, main))
		kitWantOutput(t, got, kitPointsLine, kitErrorButSuccess, "some data is better than none: the error stops nothing without -fail-fast")
	}))

	t.Run("stops at the first error with -fail-fast", step.Real(func(t *testing.T) {
		got := kitprogram.Run(t, kitAnsweredBy(kitDown, main), "-fail-fast")
		kitWantOutput(t, got, "", kitFailure, "the name service failed at once, and the partner takes a second")
	}))

	t.Run("prints what has arrived when the time is up", step.Real(func(t *testing.T) {
		for _, tt := range []struct {
			name    string
			args    []string
			takes   time.Duration // the name service
			printed string
			status  kitStatus
			help    string
		}{
			{
				name: "half a second", args: []string{"-timeout", "500ms"},
				printed: kitNameLine, status: kitFailure, help: "the name had arrived when the 500ms were over",
			},
			{
				name: "a millisecond", args: []string{"-timeout", "1ms"}, takes: 2 * time.Millisecond,
				printed: "", status: kitFailure, help: "the name service took 2ms",
			},
			{
				name: "not quite a second", args: []string{"-timeout", "999ms"},
				printed: kitNameLine, status: kitFailure, help: "the partner takes a second",
			},
			{
				name: "just above a second", args: []string{"-timeout", "1001ms"},
				printed: kitNameLine + kitPointsLine, status: kitSuccess, help: "the partner takes a second",
			},
			{
				name: "no flag, and a name just in time", takes: 1999 * time.Millisecond,
				printed: kitPointsLine + kitNameLine, status: kitSuccess,
				help: "the name service took 1.999s, the timeout is 2s, and results are printed in the order of their arrival",
			},
			{
				name: "no flag, and a name too late", takes: 2001 * time.Millisecond,
				printed: kitPointsLine, status: kitFailure, help: "the name service took 2.001s, and the timeout is 2s",
			},
			{
				name: "a year", args: []string{"-timeout", "8760h"}, takes: 8759 * time.Hour,
				printed: kitPointsLine + kitNameLine, status: kitSuccess, help: "the name service took 8759h, and nothing but -timeout limits that",
			},
		} {
			passed := t.Run(tt.name, func(t *testing.T) {
				got := kitprogram.Run(t, kitAnsweredBy(kitTakes(tt.takes), main), tt.args...)
				kitWantOutput(t, got, tt.printed, tt.status, tt.help)
			})
			if !passed {
				return
			}
		}
	}))

	t.Run("asks when the name service accepts requests, and not before", step.Real(func(t *testing.T) {
		got := kitprogram.Run(t, kitSlowToListen(main))
		kitWantOutput(t, got, kitNameLine+kitPointsLine, kitSuccess, "the service took 300ms to open its port: nameservice.Start returns when that is done")
	}))

	t.Run("exits 1 with an error when the name service can't be started", step.Real(func(t *testing.T) {
		got := kitprogram.Run(t, kitNoPort(main))
		kitWantStatus(t, got, kitFailure, "nameservice.Start returned an error")
	}))

	t.Run("stops on Ctrl-C", step.Real(func(t *testing.T) {
		kitSkipWithoutCtrlC(t)
		// Nothing but the interrupt can end the program.
		got := kitprogram.RunInRealTime(t, kitAnsweredBy(func(w http.ResponseWriter, r *http.Request) {
			go kitprogram.Interrupt()
			<-r.Context().Done()
		}, main), "-timeout", "1h")
		kitWantStatus(t, got, kitFailure, "the user pressed Ctrl-C")
	}))

	t.Run("prints on Ctrl-C what has arrived", step.Real(func(t *testing.T) {
		kitSkipWithoutCtrlC(t)
		got := kitprogram.Output{Stdout: kitNameLine + kitPointsLine}
		// A machine may be so slow that the partner's real second is over first.
		for got.Stdout == kitNameLine+kitPointsLine && t.Context().Err() == nil {
			got = kitprogram.RunInRealTime(t, kitAnsweredBy(func(w http.ResponseWriter, r *http.Request) {
				kitTakes(0)(w, r)
				go kitprogram.Interrupt()
			}, main), "-timeout", "1h")
		}
		kitWantOutput(t, got, kitNameLine, kitFailure, "the name had arrived when the user pressed Ctrl-C")
	}))
}

// A kitStatus says how a program ends.
type kitStatus int

const (
	kitSuccess         kitStatus = iota // with status 0
	kitErrorButSuccess                  // with status 0, after it has told an error
	kitFailure                          // with status 1, after it has told an error
)

// kitWantOutput fails the test unless the program printed stdout, and ended as
// status says.
func kitWantOutput(t *testing.T, got kitprogram.Output, stdout string, status kitStatus, help string) {
	t.Helper()
	hints := ""
	if got.Notes == "" && strings.Contains(stdout, "{name") && got.Stdout+got.Stderr != "" {
		hints = "\nthe name service got no request: leave the Client of NameFetcher nil, because this test puts a network in memory behind http.DefaultTransport"
	}
	if got.Stdout != stdout {
		if status != kitSuccess && got.Stderr == "" {
			hints += "\nits standard error: nothing, and that is where an error belongs"
		}
		t.Fatalf("the program printed %q; want %q%s%s%s", got.Stdout, stdout, kitBecause(help), kitCircumstances(got), hints)
	}
	kitWantStatus(t, got, status, help)
}

// kitWantStatus fails the test unless the program ended as status says.
func kitWantStatus(t *testing.T, got kitprogram.Output, status kitStatus, help string) {
	t.Helper()
	want := 0
	if status == kitFailure {
		want = 1
	}
	switch {
	case got.ExitStatus == -1:
		t.Fatalf("the interrupt ended the program from outside; want it to stop by itself: " +
			"the context of signal.NotifyContext is done when the user presses Ctrl-C")
	case got.ExitStatus != want:
		t.Fatalf("the program exited with status %d; want %d%s%s", got.ExitStatus, want, kitBecause(help), kitCircumstances(got))
	case status != kitSuccess && got.Stderr == "":
		t.Fatalf("the program wrote nothing to standard error; want the error there%s%s", kitBecause(help), kitCircumstances(got))
	}
}

func kitBecause(help string) string {
	if help == "" {
		return ""
	}
	return ": " + help
}

// kitCircumstances says what the program was given, and what it wrote to standard
// error.
func kitCircumstances(got kitprogram.Output) string {
	text := ""
	if got.Args != "" {
		text += "\nits arguments: " + got.Args
	}
	if got.Stderr != "" {
		text += fmt.Sprintf("\nits standard error: %.200s", strings.TrimSpace(got.Stderr))
	}
	return text
}

func kitSkipWithoutCtrlC(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("a program can't send itself Ctrl-C on Windows")
	}
}

// kitInMemory puts a network in memory between the program and its name service.
func kitInMemory(main func()) func() {
	return func() {
		n := kitnetwork.New()
		nameservice.Listen = func() (net.Listener, error) { return n, nil }
		kitReplaceTransport(n)
		main()
	}
}

// kitSlowToListen is kitInMemory with a port that takes a while to open.
func kitSlowToListen(main func()) func() {
	return func() {
		n := kitnetwork.New()
		nameservice.Listen = func() (net.Listener, error) {
			time.Sleep(300 * time.Millisecond)
			return n, nil
		}
		kitReplaceTransport(n)
		main()
	}
}

// kitNoPort lets the program's name service find no port.
func kitNoPort(main func()) func() {
	return func() {
		nameservice.Listen = func() (net.Listener, error) { return nil, errors.New("no port is free") }
		kitReplaceTransport(kitnetwork.New())
		main()
	}
}

// kitAnsweredBy puts a network in memory between the program and handler, which
// answers in place of its name service.
func kitAnsweredBy(handler http.HandlerFunc, main func()) func() {
	return func() {
		nameservice.Listen = func() (net.Listener, error) { return kitnetwork.New(), nil }
		n := kitnetwork.New()
		go http.Serve(n, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Type", "application/json") // as the name service does
			handler(w, r)
		}))
		kitReplaceTransport(n)
		main()
	}
}

// kitReplaceTransport sends the program's requests into the network, and notes
// each connection.
func kitReplaceTransport(n *kitnetwork.Network) {
	transport := n.Transport()
	dial := transport.DialContext
	transport.DialContext = func(ctx context.Context, network, address string) (net.Conn, error) {
		kitprogram.Note("a connection")
		return dial(ctx, network, address)
	}
	http.DefaultTransport = transport
}

// kitTakes returns a name service that answers after d.
func kitTakes(d time.Duration) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		time.Sleep(d)
		nameservice.Handler().ServeHTTP(w, r)
	}
}

// kitNameIsEmail is a name service for which the name of everybody is their email.
func kitNameIsEmail(w http.ResponseWriter, r *http.Request) {
	json.NewEncoder(w).Encode(map[string]string{"name": r.URL.Query().Get("email"), "surname": "lovelace"})
}

// kitDown is a name service that fails.
func kitDown(w http.ResponseWriter, r *http.Request) {
	http.Error(w, "the service is down", http.StatusServiceUnavailable)
}
