package program_test

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"runtime"
	"strings"
	"testing"
	"time"

	"example.com/errgroup-workshop/internal/rehearsal/program"
)

// greet is the program under test.
func greet() {
	if len(os.Args) < 2 {
		fmt.Fprintln(os.Stderr, "greet: whom?")
		os.Exit(2)
	}
	begin := time.Now()
	time.Sleep(time.Hour)
	fmt.Printf("hello %s, after %v\n", strings.Join(os.Args[1:], " "), time.Since(begin))
}

func TestRun(t *testing.T) {
	for _, tt := range []struct {
		name string
		args []string
		want program.Output
	}{
		{
			name: "prints its output after an hour of fake time",
			args: []string{"ada", "-and", "bob \"b\""},
			want: program.Output{Args: "ada -and bob \"b\"", Stdout: "hello ada -and bob \"b\", after 1h0m0s\n"},
		},
		{name: "exits with its status", want: program.Output{Stderr: "greet: whom?\n", ExitStatus: 2}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := program.Run(t, greet, tt.args...); got != tt.want {
				t.Errorf("the program left %+v; want %+v", got, tt.want)
			}
		})
	}
}

func TestRunInRealTime(t *testing.T) {
	began := time.Now()
	got := program.RunInRealTime(t, func() { fmt.Println(time.Now().Year() >= began.Year()) })
	if want := (program.Output{Stdout: "true\n"}); got != want {
		t.Errorf("the program left %+v; want %+v: its clock is the real one", got, want)
	}
}

func TestInterrupt(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("a program can't send itself Ctrl-C on Windows")
	}
	got := program.RunInRealTime(t, func() {
		ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
		defer stop()
		go program.Interrupt()
		for range 1_000_000 { // what needs no time comes first
			if ctx.Err() != nil {
				program.Note("too early")
			}
		}
		<-ctx.Done()
		program.Note("interrupted")
	})
	if want := (program.Output{Notes: "interrupted\n"}); got != want {
		t.Errorf("the program left %+v; want %+v", got, want)
	}
}
